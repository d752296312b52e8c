using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Classroom.MediaServer.Forwarding.Layers;
using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// The last packets of a publication, in memory that is set aside once: what is forwarded now and what may be asked for again.
/// Shared by all subscribers, who keep only how their numbers map to the publication's. Payloads lie in a ring that takes
/// pages only as long as it would else overwrite what may still be asked for: a small camera takes little.
/// </summary>
internal sealed unsafe class PacketStore : IDisposable
{
    /// <summary>Bytes of a payload; one more of padding may follow.</summary>
    public const int LongestPayload = SlotSize - 4;

    /// <summary>Packets of a picture that are kept.</summary>
    public const int VideoCapacity = 1024;

    private const int AudioCapacity = 128;
    private const int SlotSize = 1504;

    // About 100 KB.
    private const int Growth = 64;

    private static readonly TimeSpan s_keepVideo = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_keepAudio = TimeSpan.FromSeconds(1);

    private readonly byte* _payloads;
    private readonly Entry[] _entries;
    private readonly int _mask;
    private readonly TimeSpan _keep;
    private readonly short[] _owners;
    private int _ring;
    private int _next;

    /// <param name="capacity">Packets; a power of two, at most 16,384.</param>
    /// <param name="keep">How long a packet may be asked for again.</param>
    public PacketStore(int capacity, TimeSpan keep)
    {
        _entries = new Entry[capacity];
        _mask = capacity - 1;
        _keep = keep;
        _owners = new short[capacity];
        Array.Fill(_owners, (short)-1);
        _ring = Math.Min(capacity, Growth);
        _payloads = (byte*)NativeMemory.AlignedAlloc((nuint)capacity * SlotSize, 64);
        Array.Fill(_entries, new Entry { Packet = { Sequence = long.MinValue } });
    }

    public static PacketStore For(MediaKind kind) =>
        kind == MediaKind.Video ? new PacketStore(VideoCapacity, s_keepVideo) : new PacketStore(AudioCapacity, s_keepAudio);

    /// <summary>A stored packet: what its header needs besides the subscriber's own numbers.</summary>
    public struct Entry
    {
        public LayerPacket Packet;
        public short Length;

        /// <summary>Of the payload; set by the store.</summary>
        public short Place;
        public bool Padded;

        /// <summary>Where a sound's own block begins in a payload with redundancy (RFC 2198); 0: there is none.</summary>
        public short PrimaryAt;
    }

    /// <summary>Copies a packet in; false when it is there already or too old to fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryAdd(Entry entry, ReadOnlySpan<byte> payload, out int slot)
    {
        slot = (int)(entry.Packet.Sequence & _mask);
        ref var place = ref _entries[slot];
        if (place.Packet.Sequence >= entry.Packet.Sequence || payload.Length > LongestPayload)
        {
            return false;
        }

        place = entry;
        place.Length = (short)payload.Length;
        place.Place = TakePlace(slot, entry.Packet.At);
        payload.CopyTo(new Span<byte>(Address(in place), SlotSize));
        return true;
    }

    /// <summary>Payloads that memory is taken for.</summary>
    public int Room => _ring;

    public ref Entry this[int slot] => ref _entries[slot];

    /// <summary>The bytes of a packet. Each subscriber writes its own picture numbers into them right before it encrypts.</summary>
    public Span<byte> Payload(int slot) => new(Address(in _entries[slot]), _entries[slot].Length);

    /// <summary>
    /// Lengthens a payload by one byte of RTP padding, so that it joins a run of packets that are one byte longer.
    /// Only before the packet was sent to anybody: a repeat must be the same bytes.
    /// </summary>
    public void Pad(int slot)
    {
        ref var entry = ref _entries[slot];
        if (entry.Padded)
        {
            return;
        }

        Address(in entry)[entry.Length] = 1;
        entry.Length++;
        entry.Padded = true;
    }

    /// <summary>The packet is there, or too old to fit.</summary>
    public bool IsPast(long sequence) => _entries[sequence & _mask].Packet.Sequence >= sequence;

    public bool TryFind(long sequence, Instant now, out int slot)
    {
        slot = (int)(sequence & _mask);
        ref var entry = ref _entries[slot];
        return entry.Packet.Sequence == sequence && now - entry.Packet.At <= _keep;
    }

    public void Dispose() => NativeMemory.AlignedFree(_payloads);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Address(ref readonly Entry entry) => _payloads + ((long)entry.Place * SlotSize);

    /// <summary>The next place of the ring, which grows before it overwrites what may still be asked for.</summary>
    private short TakePlace(int slot, Instant now)
    {
        _next = _next == _ring ? 0 : _next;
        if (_owners[_next] is >= 0 and var owner && owner != slot && _entries[owner].Place == _next && now - _entries[owner].Packet.At <= _keep)
        {
            if (_ring < _entries.Length)
            {
                _next = _ring;
                _ring += Growth;
            }
            else
            {
                // The oldest is given up.
                _entries[owner].Packet.At = now - _keep - _keep;
            }
        }

        _owners[_next] = (short)slot;
        return (short)_next++;
    }
}
