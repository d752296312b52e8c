using System.Runtime.CompilerServices;
using Classroom.Rtc;
using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Forwarding.Relays;

/// <summary>Takes what the room's own loop passed on into the mirrors of a branch.</summary>
internal static class MirrorIntake
{
    // As many as one look at the port brings: what is not sent yet must not be overwritten in the store, and that of sound is small.
    private const int MessagesPerTurn = 64;

    /// <returns>Number of messages.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Take(RelayRing ring, Instant now)
    {
        var taken = 0;
        for (; taken < MessagesPerTurn && ring.TryPeek(out var message, out var payload, out var description); taken++)
        {
            // A publication may end while packets of it are still on their way.
            if (!message.To.Publication.IsClosed)
            {
                Take(message.To, ref message, payload, description, now);
            }

            ring.Advance();
        }

        return taken;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Take(Encoding encoding, ref RelayMessage message, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> description, Instant now)
    {
        if (message.State is { } state)
        {
            encoding.SetState(in state, now);
            return;
        }

        // Repeats are answered from here, and for as long after it left as those of the original.
        message.Entry.Packet.At = now;
        var descriptor = default(DependencyDescriptor);
        if (!description.IsEmpty)
        {
            encoding.Descriptors!.Read(description, message.Entry.Packet.Timestamp, out descriptor);
        }

        encoding.TryKeep(in message.Entry, message.WireLength, payload, description, in descriptor, now);
    }
}
