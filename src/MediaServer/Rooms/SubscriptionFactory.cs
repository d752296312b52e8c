using System.Security.Cryptography;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Transports;

namespace Classroom.MediaServer.Rooms;

/// <summary>Makes subscriptions and ties them to both ends.</summary>
internal static class SubscriptionFactory
{
    public static Subscription Create(Publication publication, PeerTransport transport, MediaLoop loop)
    {
        var ssrc = NewSource(transport);
        uint rtxSsrc;
        do
        {
            rtxSsrc = NewSource(transport);
        }
        while (rtxSsrc == ssrc);

        var subscription = new Subscription(publication, transport, ssrc, rtxSsrc, loop.Counters, loop.Clock.Now);
        publication.Subscriptions.Add(subscription);
        publication.Uplink?.Update(loop.Clock.Now);
        transport.Subscriptions.Add(subscription);
        return subscription;
    }

    private static uint NewSource(PeerTransport transport)
    {
        uint ssrc;
        do
        {
            ssrc = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
        }
        while (ssrc < 16 || transport.Subscriptions.Uses(ssrc));

        return ssrc;
    }
}
