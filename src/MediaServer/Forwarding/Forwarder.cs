using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    // Who is so far from its turn is fetched: first the subscription itself, then what it points to.
    private const int Far = 6;
    private const int Near = 3;
    private static readonly TimeSpan s_patience = TimeSpan.FromMicroseconds(400);

    private readonly List<Publication> _publications = [];
    private readonly List<OutgoingMedia> _connections = [];
    private readonly List<Subscription> _ordered = [];
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
        if (queue.JoinRuns)
        {
            LevelSizes();
        }

        // One publication needs no order: its subscribers are other connections each.
        Forward(_publications.Count == 1 ? CollectionsMarshal.AsSpan(_publications[0].Subscriptions) : InOrder(), now);
        foreach (var publication in _publications)
        {
            publication.IsPending = false;
            foreach (var encoding in publication.Encodings)
            {
                encoding.PendingCount = 0;
            }
        }

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

    private void LevelSizes()
    {
        foreach (var publication in _publications)
        {
            foreach (var encoding in publication.Encodings)
            {
                encoding.LevelSizes();
            }
        }
    }

    /// <summary>Subscriptions with packets in this batch, those of one connection behind each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<Subscription> InOrder()
    {
        // Video first: a run takes its size from its first packet and a small audio packet can end it.
        Collect(MediaKind.Video);
        Collect(MediaKind.Audio);
        _ordered.Clear();
        foreach (var connection in _connections)
        {
            connection.TakePending(_ordered);
        }

        _connections.Clear();
        return CollectionsMarshal.AsSpan(_ordered);
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

            foreach (var subscription in publication.Subscriptions)
            {
                if (subscription.Transport.Out.Pend(subscription))
                {
                    _connections.Add(subscription.Transport.Out);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(ReadOnlySpan<Subscription> subscriptions, Instant now)
    {
        for (var i = 0; i < subscriptions.Length; i++)
        {
            if (i + Far < subscriptions.Length)
            {
                Prefetch.Object(subscriptions[i + Far], Subscription.Lines);
            }

            if (i + Near < subscriptions.Length)
            {
                subscriptions[i + Near].FetchAhead();
            }

            var subscription = subscriptions[i];
            if (!subscription.IsReady)
            {
                continue;
            }

            foreach (var encoding in subscription.Publication.Encodings)
            {
                if (encoding.PendingCount > 0)
                {
                    subscription.Forward(encoding, now);
                }
            }
        }
    }
}
