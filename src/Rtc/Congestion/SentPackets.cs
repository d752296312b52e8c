namespace Classroom.Rtc.Congestion;

/// <summary>What is known of a packet that was sent.</summary>
internal enum SentFate : byte
{
    /// <summary>The place is empty.</summary>
    None,

    /// <summary>Sent, not spoken of yet.</summary>
    InFlight,

    /// <summary>Reported missing; it may still turn up.</summary>
    Lost,

    /// <summary>Reported received.</summary>
    Received,
}

/// <summary>One packet of the record: twelve bytes, because there are thousands of them.</summary>
internal struct SentPacket
{
    /// <summary>Low 32 bits of the time in microseconds; what is in flight is far younger than the 71 minutes of a wrap.</summary>
    public uint SentMicroseconds;

    /// <summary>What the sender calls it, to be told when it is lost; 0: it does not care.</summary>
    public uint Tag;

    /// <summary>With RTP header, as it counts against the line.</summary>
    public ushort Bytes;

    /// <summary>Probe that it was part of; 0: none.</summary>
    public byte Cluster;

    public SentFate Fate;
}

/// <summary>
/// The packets of one transport by transport-wide sequence number. The ring grows to what is in flight and stays there:
/// nothing where packets are not numbered, 6 KB for a quiet subscriber, 48 KB at most.
/// </summary>
internal sealed class SentPackets
{
    /// <summary>Packets that are remembered at most: four seconds of 8 Mbit/s.</summary>
    public const int MaxCapacity = 4096;

    private const int InitialCapacity = 512;
    private const int BytesPerPacket = 12;

    // Feedback that takes longer than this is no longer waited for; it is not worth memory.
    private const uint WorthKeepingMicroseconds = 3_000_000;
    private SentPacket[] _ring = [];
    private long _next;

    /// <summary>Packets that were overwritten before anybody spoke of them.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Bytes that the ring takes.</summary>
    public int Memory => _ring.Length * BytesPerPacket;

    /// <summary>Takes note of a packet and gives it its number.</summary>
    public ushort Add(int bytes, byte cluster, Instant now, uint tag = 0)
    {
        if (_ring.Length == 0)
        {
            _ring = new SentPacket[InitialCapacity];
        }

        var sent = (uint)now.Microseconds;
        ref var place = ref Place(_next);
        if (place.Fate == SentFate.InFlight)
        {
            place = ref MakeRoom(sent);
        }

        place.SentMicroseconds = sent;
        place.Tag = tag;
        place.Bytes = (ushort)Math.Min(bytes, ushort.MaxValue);
        place.Cluster = cluster;
        place.Fate = SentFate.InFlight;
        return (ushort)_next++;
    }

    /// <summary>Finds a packet by the number that a report names.</summary>
    /// <returns>Its unwrapped number, or −1 when it was never sent or is forgotten.</returns>
    public long Find(ushort sequence)
    {
        // Signed distance from the newest survives the wrap from 65535 to 0 (RFC 1982).
        var distance = (short)(sequence - (ushort)(_next - 1));
        var number = _next - 1 + distance;
        var known = distance <= 0 && number >= 0 && number >= _next - _ring.Length && Place(number).Fate != SentFate.None;
        return known ? number : -1;
    }

    /// <summary>The record still holds a number that <see cref="Find"/> gave.</summary>
    public bool Holds(long number) => number >= _next - _ring.Length;

    /// <summary>The packet of a number that <see cref="Find"/> gave.</summary>
    public SentPacket this[long number] => Place(number);

    public void Settle(long number, SentFate fate) => Place(number).Fate = fate;

    /// <summary>When a packet left, given that it was not long before now.</summary>
    public static Instant SentAt(SentPacket packet, Instant now) =>
        new(now.Ticks - ((uint)((uint)now.Microseconds - packet.SentMicroseconds) * 10L));

    private ref SentPacket Place(long number) => ref _ring[number & (_ring.Length - 1)];

    private ref SentPacket MakeRoom(uint sent)
    {
        if (_ring.Length < MaxCapacity && sent - Place(_next).SentMicroseconds < WorthKeepingMicroseconds)
        {
            Grow();
            return ref Place(_next);
        }

        Forgotten++;
        return ref Place(_next);
    }

    private void Grow()
    {
        var old = _ring;
        _ring = new SentPacket[old.Length * 2];
        for (var number = Math.Max(0, _next - old.Length); number < _next; number++)
        {
            Place(number) = old[number & (old.Length - 1)];
        }
    }
}
