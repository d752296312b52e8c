using System.Threading.Channels;
using Classroom.MediaServer.Loops;
using Classroom.Rtc;
using Microsoft.Extensions.Logging;

namespace Classroom.MediaServer.Transports;

/// <summary>Runs DTLS handshakes off the media loops: public-key work takes as long as hundreds of packets.</summary>
internal sealed partial class HandshakeWorker(MediaClock clock, ILogger logger) : IAsyncDisposable
{
    private const int Capacity = 4096;
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(500);

    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly HashSet<HandshakeLink> _handshaking = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>False when the queue is full; DTLS sends again by itself.</summary>
    public bool TryPost(HandshakeLink link, ReadOnlySpan<byte> datagram) => _jobs.Writer.TryWrite(new Job(link, datagram.ToArray()));

    public bool TryClose(HandshakeLink link) => _jobs.Writer.TryWrite(new Job(link, null));

    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await WaitAsync();
            try
            {
                while (_jobs.Reader.TryRead(out var job))
                {
                    Do(job);
                }

                FireTimeouts();
            }
            catch (Exception exception)
            {
                // One peer's handshake must not end those of all others.
                Log.HandshakeFailed(logger, exception);
            }
        }
    }

    private async Task WaitAsync()
    {
        var wait = NextTimeout() - clock.Now;
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(wait < s_idle ? wait + TimeSpan.FromMilliseconds(1) : s_idle);
        try
        {
            await _jobs.Reader.WaitToReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // A retransmission is due, or the end has come.
        }
    }

    private void Do(Job job)
    {
        if (job.Datagram is null)
        {
            _handshaking.Remove(job.Link);
            job.Link.Close();
            return;
        }

        job.Link.Receive(job.Datagram, clock.Now);
        if (job.Link.NextTimeout < Instant.Never)
        {
            _handshaking.Add(job.Link);
        }
        else
        {
            _handshaking.Remove(job.Link);
        }
    }

    private Instant NextTimeout()
    {
        var next = Instant.Never;
        foreach (var link in _handshaking)
        {
            next = Instant.Min(next, link.NextTimeout);
        }

        return next;
    }

    private void FireTimeouts()
    {
        var now = clock.Now;
        foreach (var link in _handshaking)
        {
            if (link.NextTimeout <= now)
            {
                link.OnTimeout(now);
            }
        }

        _handshaking.RemoveWhere(link => link.NextTimeout >= Instant.Never);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A handshake failed in an unexpected way.")]
        public static partial void HandshakeFailed(ILogger logger, Exception exception);
    }

    private readonly record struct Job(HandshakeLink Link, byte[]? Datagram);
}
