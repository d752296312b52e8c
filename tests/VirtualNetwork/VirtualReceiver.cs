using Classroom.Rtc;
using Classroom.Rtc.Rtcp;

namespace Classroom.VirtualNetwork;

/// <summary>The far end: reports arrival times as a browser does, shows frames, hears voices.</summary>
internal sealed class VirtualReceiver(VirtualPath path)
{
    private readonly TransportCcRecorder _recorder = new();
    private readonly Instant[] _lastVoice = new Instant[LessonSource.Voices];
    private readonly HashSet<(int Stream, ushort Sequence)> _voices = [];
    private readonly NackRequests[] _requests = [new(), new(), new()];
    private readonly List<ushort> _asked = [];
    private readonly byte[] _buffer = new byte[1200];

    public FrameReceiver[] Videos { get; } = [new(), new(), new()];

    public long VoicePackets => _voices.Count;

    public TimeSpan LongestVoiceGap { get; private set; }

    public void Step(Instant now)
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
            _requests[i].Step(now, _asked);
            Ask(i, now);
            if (Videos[i].NeedsKeyframe(now))
            {
                var writer = new RtcpWriter(_buffer);
                writer.WritePli(1, (uint)i);
                path.Report(writer.Written, now);
            }
        }
    }

    private void OnPacket(VirtualPacket packet, Instant at)
    {
        if (packet.Frame is not null)
        {
            var (video, requests) = (Videos[packet.Stream], _requests[packet.Stream]);
            video.OnPacket(packet, at);
            requests.OnPacket(packet.Number, at, _asked);
            requests.ClearUpTo(video.NextPacket);
            Ask(packet.Stream, at);
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

    private void Ask(int stream, Instant now)
    {
        if (_asked.Count > 0)
        {
            var writer = new RtcpWriter(_buffer);
            writer.WriteNack(1, (uint)stream, [.. _asked]);
            path.Report(writer.Written, now);
            _asked.Clear();
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
