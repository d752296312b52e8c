using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding.Layers;
using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// The last packets of a publication, in memory that is set aside once: what is forwarded now and what may be asked for again.
/// Shared by all subscribers, who keep only how their numbers map to the publication's.
/// </summary>
internal sealed unsafe class PacketStore : IDisposable
{
    /// <summary>Bytes of a payload; one more of padding may follow.</summary>
    public const int LongestPayload = 1500;

    /// <summary>Packets of a picture that are kept.</summary>
    public const int VideoCapacity = 1024;

    private const int AudioCapacity = 128;

    // Ten long packets, or half a second of a voice.
    private const int VideoBlock = 16 * 1024;
    private const int AudioBlock = 4 * 1024;

    private static readonly TimeSpan s_keepVideo = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_keepAudio = TimeSpan.FromSeconds(1);

    private readonly PayloadBlocks _payloads;
    private readonly Entry[] _entries;
    private readonly int _mask;
    private readonly TimeSpan _keep;

    /// <param name="capacity">Packets; a power of two, at most 1024.</param>
    /// <param name="keep">How long a packet may be asked for again.</param>
    /// <param name="blockSize">Payloads take memory by so many bytes.</param>
    public PacketStore(int capacity, TimeSpan keep, int blockSize = VideoBlock)
    {
        _entries = new Entry[capacity];
        _mask = capacity - 1;
        _keep = keep;
        _payloads = new PayloadBlocks(capacity, LongestPayload + 1, blockSize, keep);
        Array.Fill(_entries, new Entry { Packet = { Sequence = long.MinValue } });
    }

    public static PacketStore For(MediaKind kind) =>
        kind == MediaKind.Video ? new PacketStore(VideoCapacity, s_keepVideo) : new PacketStore(AudioCapacity, s_keepAudio, AudioBlock);

    /// <summary>A stored packet: what its header needs besides the subscriber's own numbers.</summary>
    public struct Entry
    {
        public LayerPacket Packet;
        public short Length;

        /// <summary>Of the payload; set by the store.</summary>
        public ushort Place;
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
        place.Place = _payloads.Take(payload.Length + 1, entry.Packet.At, out var lost);
        payload.CopyTo(new Span<byte>(_payloads[place.Place], payload.Length));
        if (lost >= 0)
        {
            Forget(lost, slot);
        }

        return true;
    }

    /// <summary>Blocks that memory is taken for.</summary>
    public int Blocks => _payloads.Count;

    public ref Entry this[int slot] => ref _entries[slot];

    /// <summary>The bytes of a packet. Each subscriber writes its own picture numbers into them right before it encrypts.</summary>
    public Span<byte> Payload(int slot) => new(_payloads[_entries[slot].Place], _entries[slot].Length);

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

        _payloads[entry.Place][entry.Length] = 1;
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

    public void Dispose() => _payloads.Dispose();

    // A burst beyond all measure: the oldest packets are given up.
    private void Forget(int block, int except)
    {
        for (var i = 0; i < _entries.Length; i++)
        {
            ref var entry = ref _entries[i];
            if (i != except && _payloads.IsIn(entry.Place, block))
            {
                entry.Packet.At -= _keep + _keep;
            }
        }
    }
}
