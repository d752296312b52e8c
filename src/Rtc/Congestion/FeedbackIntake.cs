using System.Runtime.InteropServices;
using Classroom.Rtc.Rtcp;

namespace Classroom.Rtc.Congestion;

/// <summary>A packet that arrived, heard of for the first time.</summary>
/// <param name="Sent">Microseconds on our clock.</param>
/// <param name="Arrived">Microseconds on the receiver's clock, unwrapped.</param>
/// <param name="Bytes">Its size, and that of packets before it that the line carried and then lost, as it always does.</param>
/// <param name="Cluster">Probe that it was part of; 0: none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Arrival(long Sent, long Arrived, int Bytes, byte Cluster);

/// <summary>
/// Matches reports with what was sent. Reports may come twice, late, out of order or be made up: a packet counts once as
/// received and once as missing, and what was never sent counts as unknown and does nothing.
/// </summary>
internal sealed class FeedbackIntake(SentPackets sent, LostPackets lost, LossModel loss)
{
    /// <summary>Statuses that are looked at in one go.</summary>
    public const int BlockSize = 256;

    // 24 bits of 64 ms.
    private const int ReferencePeriod = 1 << 24;
    private const long PeriodMicroseconds = ReferencePeriod * (long)TransportCc.ReferenceMicroseconds;
    private long _periods;
    private int _lastReference;
    private byte _lastCount;
    private long _reports;
    private long _lostReports;
    private long _acknowledged;
    private long _missing;
    private long _recovered;
    private long _repeated;
    private long _unknown;
    private long _lastMissing = -2;
    private int _missingBytes;
    private byte _missingCluster;

    public FeedbackCounters Counters => new(_reports, _lostReports, _acknowledged, _missing, _recovered, _repeated, _unknown, sent.Forgotten);

    /// <summary>When the newest packet that the report acknowledges was sent, in microseconds; <see cref="long.MinValue"/>: none.</summary>
    public long NewestSent { get; private set; }

    /// <summary>Takes note of the report itself, before its blocks are read.</summary>
    public void Begin(in TransportCc feedback)
    {
        NewestSent = long.MinValue;
        if (_reports > 0)
        {
            var step = (sbyte)(feedback.FeedbackCount - _lastCount);
            _lostReports += Math.Max(0, step - 1);
            // The nearest of the three readings: a report may be older than the one before.
            var turn = feedback.ReferenceTime - _lastReference;
            _periods += turn < -ReferencePeriod / 2 ? 1 : turn > ReferencePeriod / 2 ? -1 : 0;
        }

        _reports++;
        _lastCount = feedback.FeedbackCount;
        _lastReference = feedback.ReferenceTime;
    }

    /// <summary>Reads the next block of statuses; arrivals come in the order of arrival.</summary>
    /// <returns>False at the end of the report.</returns>
    public bool TryReadBlock(ref TransportCc.Enumerator statuses, scoped Span<Arrival> arrivals, Instant now, out int count)
    {
        count = 0;
        var read = 0;
        while (read < BlockSize && statuses.MoveNext())
        {
            read++;
            if (TrySettle(statuses.Current, now, out var arrival))
            {
                Insert(arrivals, count++, arrival);
            }
        }

        return read > 0;
    }

    private bool TrySettle(in TransportCcStatus status, Instant now, out Arrival arrival)
    {
        arrival = default;
        var number = sent.Find(status.SequenceNumber);
        if (number < 0)
        {
            _unknown++;
            return false;
        }

        var packet = sent[number];
        if (!status.IsReceived)
        {
            Miss(number, packet);
            return false;
        }

        if (packet.Fate == SentFate.Received)
        {
            _repeated++;
            return false;
        }

        Receive(number, packet);
        var sentAt = SentPackets.SentAt(packet, now).Microseconds;
        NewestSent = Math.Max(NewestSent, sentAt);
        arrival = new Arrival(sentAt, status.ArrivalMicroseconds + (_periods * PeriodMicroseconds), packet.Bytes + TakeCarried(packet), packet.Cluster);
        return true;
    }

    // Loss that the line always has happens behind its narrowest part: what arrives is less than that carried.
    private int TakeCarried(SentPacket packet)
    {
        var carried = packet.Cluster == _missingCluster ? (int)(_missingBytes * loss.InherentShare) : 0;
        _missingBytes = 0;
        _missingCluster = packet.Cluster;
        return carried;
    }

    private void Receive(long number, SentPacket packet)
    {
        if (packet.Fate == SentFate.Lost)
        {
            _recovered++;
            loss.OnRecovered();
        }
        else
        {
            loss.OnReceived(packet.Bytes);
        }

        _acknowledged++;
        sent.Settle(number, SentFate.Received);
        lost.OnReceived(number);
    }

    private void Miss(long number, SentPacket packet)
    {
        if (packet.Fate != SentFate.InFlight)
        {
            return;
        }

        _missing++;
        _missingBytes = packet.Cluster == _missingCluster ? _missingBytes + packet.Bytes : packet.Bytes;
        _missingCluster = packet.Cluster;
        var isRun = _lastMissing == number - 1;
        _lastMissing = number;
        sent.Settle(number, SentFate.Lost);
        loss.OnMissing(packet.Bytes, isRun);
        if (packet.Tag != 0)
        {
            lost.OnMissing(number);
        }
    }

    // Nearly sorted already: the network seldom reorders.
    private static void Insert(Span<Arrival> arrivals, int count, in Arrival arrival)
    {
        var place = count;
        while (place > 0 && arrivals[place - 1].Arrived > arrival.Arrived)
        {
            arrivals[place] = arrivals[place - 1];
            place--;
        }

        arrivals[place] = arrival;
    }
}
