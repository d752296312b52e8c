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
        uint ssrc;
        do
        {
            ssrc = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
        }
        while (ssrc < 16 || transport.HasSubscription(ssrc));

        var subscription = new Subscription(publication, transport, ssrc, loop.Counters, loop.Clock.Now);
        publication.Subscriptions.Add(subscription);
        transport.Add(subscription);
        return subscription;
    }
}
