using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Rooms;

/// <summary>One media section of a subscribe connection. It is used again for another publication of the same codec.</summary>
internal sealed class SubscribeSection(string mid, RtpCodec codec)
{
    public string Mid { get; } = mid;

    public RtpCodec Codec { get; } = codec;

    public Subscription? Subscription { get; set; }

    /// <summary>The peer rejected it and it can never carry anything again.</summary>
    public bool IsDead { get; private set; }

    public bool IsFree => Subscription is null && !IsDead;

    public void Release()
    {
        if (Subscription is not { } subscription)
        {
            return;
        }

        subscription.Publication.Subscriptions.Remove(subscription);
        subscription.Detach();
        Subscription = null;
    }

    public OfferedSection Describe() => new(Mid, Codec, Subscription is { } s ? Track(s) : null, IsDead)
    {
        RtxPayloadType = MediaCodecs.RtxForOffer(Codec),
        TransportCcId = MediaCodecs.RtxForOffer(Codec) == 0 ? (byte)0 : SubscribeOffer.TransportCcId,
        DescriptorId = MediaCodecs.IsDescribed(Codec) ? SubscribeOffer.DescriptorId : (byte)0,
        RedPayloadType = MediaCodecs.RedForOffer(Codec),
    };

    /// <summary>How the peer takes a track, by its own description. What it reports of its line is made use of from here on.</summary>
    public static SentFormat FormatOf(RemoteSection remote, RtpCodec codec, PeerTransport transport)
    {
        var rtx = MediaCodecs.FindRtx(remote, codec.PayloadType);
        var id = codec.Feedback.Contains("transport-cc", StringComparer.Ordinal) ? remote.ExtensionId(SdpExtension.TransportCc) : (byte)0;
        var numbers = id <= PacketHeader.HighestId ? id : (byte)0;
        var format = new SentFormat(codec.PayloadType, rtx, numbers, DescriptorIdOf(remote, codec), MediaCodecs.FindRed(remote, codec));
        if (format.IsNumbered)
        {
            transport.WatchLine(numbers);
        }
        else if (codec.Feedback.Contains("goog-remb", StringComparer.Ordinal))
        {
            transport.WatchLine(0);
        }

        return format;
    }

    /// <summary>Applies the peer's answer; false when there is nothing to settle.</summary>
    public bool Settle(RemoteSection remote, Instant now)
    {
        if (Subscription is null || IsDead)
        {
            return false;
        }

        var accepted = remote.IsRejected || remote.Direction is SdpDirection.Inactive or SdpDirection.SendOnly ? null : MediaCodecs.Find(remote, Codec.Name);
        if (accepted is not null)
        {
            Subscription.Accept(FormatOf(remote, accepted, Subscription.Transport), now);
            return true;
        }

        // The browser cannot decode it. A section at port 0 is over; an inactive one may serve another time.
        IsDead = remote.IsRejected;
        return true;
    }

    // Descriptors with a structure need the two-byte form of extensions, all others the one-byte form.
    private static byte DescriptorIdOf(RemoteSection remote, RtpCodec codec) =>
        MediaCodecs.IsDescribed(codec) && remote.AllowsMixedExtensions && remote.ExtensionId(SdpExtension.DependencyDescriptor) is var id and <= PacketHeader.HighestId ? id : (byte)0;

    internal static OfferedTrack Track(Subscription subscription)
    {
        var info = subscription.Publication.Info;
        return new OfferedTrack(subscription.Publication.Source.StreamId, info.Id, subscription.Ssrc, subscription.Publication.Owner.Cname, subscription.Repair?.Ssrc ?? 0);
    }
}
