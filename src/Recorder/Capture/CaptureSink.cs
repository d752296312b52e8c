using Classroom.MediaServer;
using Classroom.Rtc;

namespace Classroom.Recorder.Capture;

/// <summary>Stands in the media loop as one more subscriber: copies the packet and returns.</summary>
internal sealed class CaptureSink(CaptureQueue queue) : IMediaSink
{
    private volatile StreamCapture? _stream;
    private Action<SenderTime>? _onReport;

    public bool IsConnected => _stream is not null;

    public void Connect(StreamCapture stream, Action<SenderTime> onReport)
    {
        _onReport = onReport;
        _stream = stream;
    }

    // Packets before the capture thread has connected are few, and a key frame is asked for anyway.
    public void OnRtp(ReadOnlySpan<byte> packet, Instant arrival)
    {
        if (_stream is { } stream)
        {
            queue.Packet(stream, packet, arrival);
        }
    }

    public void OnSenderReport(ulong ntp, uint rtpTimestamp, Instant arrival, TimeSpan roundTrip)
    {
        if (_stream is not null)
        {
            _onReport!(new SenderTime(SenderTime.Ticks(ntp), rtpTimestamp, arrival, roundTrip));
        }
    }
}
