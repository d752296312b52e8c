using System.Collections.Concurrent;
using Classroom.Rtc;

namespace Classroom.Recorder.Capture;

/// <summary>
/// The road from the media loops to the capture thread. Packets are bounded: when the disk stands still they are dropped and
/// counted, and the class goes on. Commands always pass, in order with the packets.
/// </summary>
internal sealed class CaptureQueue(int maxPackets)
{
    private readonly ConcurrentQueue<Entry> _entries = new();
    private int _packets;
    private long _dropped;

    public long Dropped => Interlocked.Read(ref _dropped);

    public void Packet(StreamCapture stream, ReadOnlySpan<byte> packet, Instant arrival)
    {
        if (Volatile.Read(ref _packets) >= maxPackets)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        Interlocked.Increment(ref _packets);
        _entries.Enqueue(new Entry(stream, CapturedPacket.Copy(packet, arrival), null));
    }

    public void Command(Action command) => _entries.Enqueue(new Entry(null, default, command));

    /// <summary>Handles everything that is waiting now.</summary>
    public void Drain(Action<StreamCapture, CapturedPacket> onPacket)
    {
        for (var left = _entries.Count; left > 0 && _entries.TryDequeue(out var entry); left--)
        {
            if (entry.Stream is { } stream)
            {
                Interlocked.Decrement(ref _packets);
                onPacket(stream, entry.Packet);
            }
            else
            {
                entry.Command!();
            }
        }
    }

    private readonly record struct Entry(StreamCapture? Stream, CapturedPacket Packet, Action? Command);
}
