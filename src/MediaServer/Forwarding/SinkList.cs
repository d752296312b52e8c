using Classroom.MediaServer.Loops;
using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>Who gets a publication's packets as they are. A sink that throws is counted and goes on.</summary>
internal sealed class SinkList(MediaLoop loop)
{
    private readonly List<IMediaSink> _sinks = [];

    public void Add(IMediaSink sink) => _sinks.Add(sink);

    public void Remove(IMediaSink sink) => _sinks.Remove(sink);

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

    public void OnSenderReport(ulong ntp, uint rtpTimestamp, Instant now, TimeSpan roundTrip)
    {
        foreach (var sink in _sinks)
        {
            try
            {
                sink.OnSenderReport(ntp, rtpTimestamp, now, roundTrip);
            }
            catch (Exception exception)
            {
                loop.SinkFailed(exception);
            }
        }
    }
}
