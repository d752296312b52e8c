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

    /// <summary>The publication has its first packet of the batch.</summary>
    public void Add(Publication publication, Instant now)
    {
        if (_publications.Count == 0)
        {
            _since = now;
        }

        _publications.Add(publication);
    }

    /// <summary>How much longer the batch may wait for the rest of a frame; zero when it should leave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TimeSpan Patience(Instant now)
    {
        foreach (var publication in _publications)
        {
            if (publication.IsInFrame && publication.Subscriptions.Count >= ManyWatchers && now - _since < s_patience)
            {
                return s_patience - (now - _since);
            }
        }

        return TimeSpan.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Flush()
    {
        // Video first: a run takes its size from its first packet and a small audio packet can end it.
        Collect(MediaKind.Video);
        Collect(MediaKind.Audio);
        foreach (var transport in _transports)
        {
            Forward(transport);
        }

        foreach (var publication in _publications)
        {
            publication.PendingCount = 0;
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
                publication.LevelSizes();
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
    private void Forward(PeerTransport transport)
    {
        foreach (var subscription in transport.Pending)
        {
            var publication = subscription.Publication;
            for (var i = 0; i < publication.PendingCount; i++)
            {
                subscription.Forward(publication.PendingSlots[i], queue);
                SendIfFull();
            }
        }

        transport.Pending.Clear();
    }
}
