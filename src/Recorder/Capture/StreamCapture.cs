using Classroom.MediaServer;
using Classroom.Recorder.Codecs;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;

namespace Classroom.Recorder.Capture;

/// <summary>A frame with its time on the media clock.</summary>
internal readonly record struct TimedFrame(MediaFrame Frame, Instant At);

/// <summary>One publication on its way to a file: order, frames, time. Runs on the capture thread.</summary>
internal sealed class StreamCapture(PublicationInfo publication, IDepacketizer depacketizer, SenderClock sender)
{
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(500);
    private readonly ReorderBuffer _reorder = new(Hold);
    private readonly List<MediaFrame> _frames = [];
    private SequenceUnwrapper _sequences;
    private TimestampUnwrapper _timestamps;
    private uint? _ssrc;

    public PublicationInfo Publication => publication;

    public StreamClock Clock { get; private set; } = new(publication.ClockRate, sender);

    /// <summary>Packets that never came in time.</summary>
    public long Lost { get; private set; }

    public long Late => _reorder.Late;

    public void Add(CapturedPacket captured)
    {
        if (!RtpPacket.TryParse(captured.Data, out var packet))
        {
            captured.Return();
            return;
        }

        if (packet.Ssrc != _ssrc)
        {
            Restart(packet.Ssrc);
        }

        Clock.OnPacket(_timestamps.Unwrap(packet.Timestamp), captured.Arrival);
        _reorder.Add(_sequences.Unwrap(packet.SequenceNumber), captured);
    }

    public void Add(SenderTime report) => Clock.OnSenderReport(report, Peek(report.RtpTimestamp));

    /// <summary>Gives out what is in order by now.</summary>
    public void Drain(Instant now, List<TimedFrame> output)
    {
        while (_reorder.TryTake(now, out var captured, out var lost))
        {
            Lost += lost;
            if (RtpPacket.TryParse(captured.Data, out var packet))
            {
                depacketizer.Push(packet.Payload, Peek(packet.Timestamp), packet.Marker, lost > 0, _frames);
            }

            captured.Return();
        }

        foreach (var frame in _frames)
        {
            output.Add(new TimedFrame(frame, Clock.At(frame.Timestamp)));
        }

        _frames.Clear();
    }

    public void Close() => _reorder.Clear();

    // Another SSRC is another encoder: its numbers and clock have nothing to do with the old ones.
    private void Restart(uint ssrc)
    {
        _ssrc = ssrc;
        _reorder.Clear();
        _sequences = default;
        _timestamps = default;
        Clock = new StreamClock(publication.ClockRate, sender);
    }

    private long Peek(uint timestamp) => _timestamps.Highest + (int)(timestamp - (uint)_timestamps.Highest);
}
