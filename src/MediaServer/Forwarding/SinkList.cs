using Classroom.MediaServer.Forwarding.Layers;
using Classroom.MediaServer.Loops;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// Who gets a publication's packets as they are: of several encodings the highest that flows, changing over at a key frame
/// to the other source. A sink that throws is counted and goes on.
/// </summary>
internal sealed class SinkList(MediaLoop loop, Publication publication)
{
    private readonly List<IMediaSink> _sinks = [];
    private EncodingSelector _selector = new();

    public bool IsEmpty => _sinks.Count == 0;

    public void Add(IMediaSink sink, Instant now)
    {
        _sinks.Add(sink);
        Update(now);
        publication.WantKeyframe(now);
    }

    public void Remove(IMediaSink sink) => _sinks.Remove(sink);

    /// <summary>The encoding is captured, or will be.</summary>
    public bool Follows(Encoding encoding) => !publication.IsSimulcast || encoding.Index == _selector.Current || encoding.Index == _selector.Target;

    public void Update(Instant now)
    {
        if (!publication.IsSimulcast || IsEmpty)
        {
            return;
        }

        _selector.Update(LayerTarget.Highest.Spatial, publication.Activity, now);
        if (_selector.IsPending)
        {
            publication.Encodings[_selector.Target].WantKeyframe(now);
        }
    }

    public void OnReordered() => _selector.Join(-1);

    /// <summary>A packet of one of several encodings.</summary>
    public void OnEncoding(int encoding, ref readonly LayerPacket packet, in RtpPacket source, Instant now)
    {
        if (!IsEmpty && TryFollow(encoding, in packet))
        {
            OnRtp(source.Data, now);
        }
    }

    /// <summary>A packet of the only encoding.</summary>
    public void OnRtp(ReadOnlySpan<byte> packet, Instant now)
    {
        foreach (var sink in _sinks)
        {
            try
            {
                sink.OnRtp(packet, now);
            }
            catch (Exception exception)
            {
                loop.SinkFailed(exception);
            }
        }
    }

    public void OnSenderReport(Encoding encoding, in SenderInfo info, Instant now, TimeSpan roundTrip)
    {
        if (publication.IsSimulcast && encoding.Index != _selector.Current)
        {
            return;
        }

        foreach (var sink in _sinks)
        {
            try
            {
                sink.OnSenderReport(info.NtpTimestamp, info.RtpTimestamp, now, roundTrip);
            }
            catch (Exception exception)
            {
                loop.SinkFailed(exception);
            }
        }
    }

    private bool TryFollow(int encoding, ref readonly LayerPacket packet)
    {
        if (_selector.MayJoin(encoding) && packet.IsEntry(publication.VideoCodec, isSimulcast: true))
        {
            _selector.Join(encoding);
        }

        return encoding == _selector.Current;
    }
}
