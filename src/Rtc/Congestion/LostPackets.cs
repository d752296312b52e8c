namespace Classroom.Rtc.Congestion;

/// <summary>A packet that did not arrive.</summary>
/// <param name="Tag">What its sender called it.</param>
/// <param name="Sent">When it left, to the microsecond.</param>
public readonly record struct LostPacket(uint Tag, Instant Sent);

/// <summary>
/// Packets that were reported missing and that the sender wants to know of. One counts as lost when a packet that was sent
/// three or more after it has arrived (RFC 9002, 6.1.1): until then it may only have been overtaken.
/// </summary>
internal sealed class LostPackets(SentPackets sent)
{
    private const int Capacity = 256;
    private const int Overtaken = 3;
    private long[]? _numbers;
    private int _first;
    private int _count;
    private long _newest = -1;

    public void OnReceived(long number) => _newest = Math.Max(_newest, number);

    /// <summary>Takes note of a packet; what nobody has fetched by then is pushed out, its receiver will ask for it.</summary>
    public void OnMissing(long number)
    {
        _numbers ??= new long[Capacity];
        if (_count == Capacity)
        {
            _first++;
            _count--;
        }

        _numbers[(_first + _count++) % Capacity] = number;
    }

    /// <summary>The next one that is surely lost.</summary>
    public bool TryTake(Instant now, out LostPacket lost)
    {
        while (_count > 0 && _numbers![_first % Capacity] <= _newest - Overtaken)
        {
            var number = _numbers[_first % Capacity];
            _first = (_first + 1) % Capacity;
            _count--;
            if (sent.Holds(number) && sent[number] is { Fate: SentFate.Lost } packet)
            {
                lost = new LostPacket(packet.Tag, SentPackets.SentAt(packet, now));
                return true;
            }
        }

        lost = default;
        return false;
    }
}
