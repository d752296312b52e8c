using System.Runtime.CompilerServices;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Network;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// Sends what a batch brought, subscriber by subscriber, so that the packets of one frame to one subscriber lie behind each
/// other and leave as one run.
/// </summary>
internal sealed class Forwarder(IDatagramPort port, SendQueue queue, LoopCounters counters)
{
    // A frame's packets come within a few hundred microseconds of each other. Waiting for the rest is worth it where many
    // watch: one run instead of two to each of them.
    private const int ManyWatchers = 16;
    private static readonly TimeSpan s_patience = TimeSpan.FromMicroseconds(400);

    private readonly List<Publication> _publications = [];
    private readonly List<PeerTransport> _transports = [];
    private Instant _since;

    public SendQueue Queue => queue;

    /// <summary>The encoding has its first packet of the batch.</summary>
    public void Add(Encoding encoding, Instant now)
    {
        if (_publications.Count == 0)
        {
            _since = now;
        }

        if (!encoding.Publication.IsPending)
        {
            encoding.Publication.IsPending = true;
            _publications.Add(encoding.Publication);
        }
    }

    /// <summary>How much longer the batch may wait for the rest of a frame; zero when it should leave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TimeSpan Patience(Instant now)
    {
        foreach (var publication in _publications)
        {
            if (publication.Subscriptions.Count >= ManyWatchers && now - _since < s_patience && publication.IsInFrame)
            {
                return s_patience - (now - _since);
            }
        }

        return TimeSpan.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Flush(Instant now)
    {
        // Video first: a run takes its size from its first packet and a small audio packet can end it.
        Collect(MediaKind.Video);
        Collect(MediaKind.Audio);
        foreach (var transport in _transports)
        {
            Forward(transport, now);
        }

        foreach (var publication in _publications)
        {
            publication.IsPending = false;
            foreach (var encoding in publication.Encodings)
            {
                encoding.PendingCount = 0;
            }
        }

        _transports.Clear();
        _publications.Clear();
        Send();
    }

    /// <summary>Sends what the queue holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Send()
    {
        if (queue.IsEmpty)
        {
            return;
        }

        counters.PacketsOut += queue.Packets;
        counters.BytesOut += queue.Bytes;
        counters.MessagesOut += queue.Count;
        port.Send(queue);
    }

    public void SendIfFull()
    {
        if (queue.IsFull)
        {
            Send();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Collect(MediaKind kind)
    {
        foreach (var publication in _publications)
        {
            if (publication.Info.Kind != kind)
            {
                continue;
            }

            if (queue.JoinRuns)
            {
                foreach (var encoding in publication.Encodings)
                {
                    encoding.LevelSizes();
                }
            }

            foreach (var subscription in publication.Subscriptions)
            {
                if (subscription.Transport.Pend(subscription))
                {
                    _transports.Add(subscription.Transport);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(PeerTransport transport, Instant now)
    {
        foreach (var subscription in transport.Subscriptions.Pending)
        {
            foreach (var encoding in subscription.Publication.Encodings)
            {
                for (var i = 0; i < encoding.PendingCount; i++)
                {
                    subscription.Forward(encoding, encoding.PendingSlots[i], now);
                    SendIfFull();
                }
            }
        }

        transport.Subscriptions.Pending.Clear();
    }
}
