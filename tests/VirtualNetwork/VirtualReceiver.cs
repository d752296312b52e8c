using Classroom.Rtc;
using Classroom.Rtc.Rtcp;

namespace Classroom.VirtualNetwork;

/// <summary>The far end: reports arrival times as a browser does, shows frames, hears voices.</summary>
internal sealed class VirtualReceiver(VirtualPath path)
{
    private readonly TransportCcRecorder _recorder = new();
    private readonly Instant[] _lastVoice = new Instant[LessonSource.Voices];
    private readonly HashSet<(int Stream, ushort Sequence)> _voices = [];
    private readonly byte[] _buffer = new byte[1200];

    public FrameReceiver[] Videos { get; } = [new(), new(), new()];

    public long VoicePackets => _voices.Count;

    public TimeSpan LongestVoiceGap { get; private set; }

    public void Step(Instant now, IVirtualSource source)
    {
        while (path.TryReceive(now, out var packet, out var at))
        {
            // The receiver's clock has an origin of its own.
            _recorder.OnPacket(packet.Sequence, at + TimeSpan.FromHours(3));
            OnPacket(packet, at);
        }

        if (now + TimeSpan.FromHours(3) >= _recorder.NextTimeout)
        {
            Report(now);
        }

        for (var i = 0; i < Videos.Length; i++)
        {
            if (Videos[i].NeedsKeyframe(now))
            {
                source.OnKeyframeRequest(i, now);
            }
        }
    }

    private void OnPacket(VirtualPacket packet, Instant at)
    {
        if (packet.Frame is not null)
        {
            Videos[packet.Stream].OnPacket(packet, at);
        }
        else if (packet.Stream != VirtualPacket.Anonymous && _voices.Add((packet.Stream, packet.Sequence)))
        {
            ref var last = ref _lastVoice[packet.Stream - LessonSource.FirstVoice];
            if (last.Ticks > 0)
            {
                LongestVoiceGap = TimeSpan.FromTicks(Math.Max(LongestVoiceGap.Ticks, (at - last).Ticks));
            }

            last = at;
        }
    }

    private void Report(Instant now)
    {
        while (true)
        {
            var writer = new RtcpWriter(_buffer);
            if (!_recorder.TryWrite(ref writer, 1, 2))
            {
                return;
            }

            path.Report(writer.Written, now);
        }
    }
}
