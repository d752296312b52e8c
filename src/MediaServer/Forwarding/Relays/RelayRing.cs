using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Forwarding.Relays;

/// <summary>
/// What a room's own loop passes to one of its branches: opened packets and what was read of them, in order. One thread
/// writes, one reads; there is no lock, and nothing is allocated. The memory is the collector's, because either loop may be
/// the first to end.
/// </summary>
internal sealed class RelayRing
{
    /// <summary>Messages that fit: a third of a second of ten cameras, should the other loop not run.</summary>
    public const int Capacity = 1024;

    /// <summary>Places that packets leave free: what says how an encoding stands must get through a burst.</summary>
    public const int Reserved = 64;

    private const int SlotSize = PacketStore.LongestPayload + DependencyDescriptor.MaxLength;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Capacity * SlotSize, pinned: true);
    private readonly Slot[] _slots = new Slot[Capacity];
    private PaddedCount _written;
    private PaddedCount _read;

    /// <summary>Half of the places are free, so that a mirror which was left behind can catch up.</summary>
    public bool HasRoom => _written.Value - Volatile.Read(ref _read.Value) <= Capacity / 2;

    /// <summary>False when there is no place: the message is lost.</summary>
    /// <param name="message">Copied.</param>
    /// <param name="payload">Copied; at most <see cref="PacketStore.LongestPayload"/>.</param>
    /// <param name="descriptor">Copied; at most <see cref="DependencyDescriptor.MaxLength"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryWrite(ref readonly RelayMessage message, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> descriptor)
    {
        var free = Capacity - (_written.Value - Volatile.Read(ref _read.Value));
        if (free <= (message.State is null ? Reserved : 0))
        {
            return false;
        }

        var place = (int)(_written.Value % Capacity);
        ref var slot = ref _slots[place];
        slot.Message = message;
        slot.PayloadLength = payload.Length;
        slot.DescriptorLength = descriptor.Length;
        var bytes = _bytes.AsSpan(place * SlotSize, SlotSize);
        payload.CopyTo(bytes);
        descriptor.CopyTo(bytes[payload.Length..]);
        Volatile.Write(ref _written.Value, _written.Value + 1);
        return true;
    }

    /// <summary>The oldest message; it stays until <see cref="Advance"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryPeek(out RelayMessage message, out ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> descriptor)
    {
        message = default;
        payload = descriptor = default;
        if (_read.Value >= Volatile.Read(ref _written.Value))
        {
            return false;
        }

        var place = (int)(_read.Value % Capacity);
        ref readonly var slot = ref _slots[place];
        message = slot.Message;
        payload = _bytes.AsSpan(place * SlotSize, slot.PayloadLength);
        descriptor = _bytes.AsSpan((place * SlotSize) + slot.PayloadLength, slot.DescriptorLength);
        return true;
    }

    public void Advance() => Volatile.Write(ref _read.Value, _read.Value + 1);

    [StructLayout(LayoutKind.Auto)]
    private struct Slot
    {
        public RelayMessage Message;
        public int PayloadLength;
        public int DescriptorLength;
    }

    /// <summary>Each side's count on a cache line of its own: one writes it all the time, the other reads it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct PaddedCount
    {
        [FieldOffset(64)]
        public long Value;
    }
}
