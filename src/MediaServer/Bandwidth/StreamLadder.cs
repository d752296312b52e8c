using Classroom.MediaServer.Forwarding;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>Between a subscription and the allocator: which ways there are to send it, and what a way means in layers.</summary>
internal static class StreamLadder
{
    private const int MaxTemporal = 3;

    // A layer that was never measured, in the proportion that senders are asked for.
    private const double NextSpatial = 3;

    // A temporal layer that adds less is none: the sender makes fewer than could be.
    private const double WorthIt = 1.05;

    /// <summary>Takes over what the page shows, and the rates as they are measured now.</summary>
    public static void Describe(Subscription subscription)
    {
        var (stream, publication, wish) = (subscription.Stream, subscription.Publication, subscription.Wish);
        stream.IsPaused = wish.IsPaused || !subscription.IsActive;
        stream.MaxHeight = wish.MaxHeight;
        stream.Class = publication.Class;
        stream.SenderLimit = LimitReason.None;
        stream.Layers = default;
        var below = Bitrate.Zero;
        for (var spatial = 0; spatial < publication.SpatialLayers; spatial++)
        {
            if (publication.IsSimulcast && publication.History.IsMissing(spatial))
            {
                stream.SenderLimit = WhySenderLacks(publication);
                continue;
            }

            below = AddSpatial(stream, publication, spatial, Math.Min(wish.MaxTemporal, MaxTemporal), below);
        }
    }

    /// <summary>What is granted, in layers. Whoever gets the best there is gets what comes after it as well.</summary>
    public static LayerTarget Granted(WantedStream stream)
    {
        if (stream.Granted == WantedStream.None)
        {
            // Without layers there is nothing to hold back yet.
            return stream.Layers.Count == 0 ? LayerTarget.Highest : LayerTarget.Paused;
        }

        if (stream.Granted >= stream.Layers.Count - 1)
        {
            return LayerTarget.Highest;
        }

        var rung = stream.Layers[stream.Granted];
        var isBestOfItsSize = stream.Layers[stream.Granted + 1].Spatial != rung.Spatial;
        return new LayerTarget(rung.Spatial, isBestOfItsSize ? MaxTemporal : rung.Temporal);
    }

    // A narrow line or a slow device gives up the better layers. When even the smallest stays away it is neither: a camera
    // that delivers nothing, or a sender that is gone.
    private static LimitReason WhySenderLacks(Publication publication)
    {
        if (publication.BitsPerSecond(new LayerTarget(0, MaxTemporal)) == 0)
        {
            return LimitReason.None;
        }

        return publication.Owner.IsOverloaded ? LimitReason.SenderDevice : LimitReason.SenderLine;
    }

    private static Bitrate AddSpatial(WantedStream stream, Publication publication, int spatial, int maxTemporal, Bitrate below)
    {
        var added = Bitrate.Zero;
        for (var temporal = 0; temporal <= maxTemporal; temporal++)
        {
            var rate = new Bitrate((long)publication.BitsPerSecond(new LayerTarget(spatial, temporal)));
            if (rate > added * WorthIt)
            {
                stream.Layers.Add(new LayerRung(rate, (short)publication.HeightOf(spatial), (byte)spatial, (byte)temporal));
                added = rate;
            }
        }

        if (added > Bitrate.Zero)
        {
            return added;
        }

        // It rests, or has just begun.
        var guess = publication.History.LastRate(spatial) is > 0 and var last ? new Bitrate((long)last) : below * NextSpatial;
        stream.Layers.Add(new LayerRung(guess, (short)publication.HeightOf(spatial), (byte)spatial, MaxTemporal));
        return guess;
    }
}
