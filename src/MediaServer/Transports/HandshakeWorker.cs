using System.Collections.Concurrent;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Network;
using Classroom.Rtc;
using Microsoft.Extensions.Logging;

namespace Classroom.MediaServer.Transports;

/// <summary>
/// Runs DTLS handshakes off the media loops, on one thread that gives way to them: public-key work takes as long as
/// hundreds of packets.
/// </summary>
internal sealed partial class HandshakeWorker : IDisposable
{
    private const int Capacity = 4096;
    private const int LowerPriority = 5;
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(500);

    private readonly MediaClock _clock;
    private readonly ILogger _logger;
    private readonly BlockingCollection<Job> _jobs = new(Capacity);
    private readonly HashSet<HandshakeLink> _handshaking = [];
    private readonly Thread _thread;
    private volatile bool _stopping;

    public HandshakeWorker(MediaClock clock, ILogger logger)
    {
        _clock = clock;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "media-dtls" };
    }

    public void Start() => _thread.Start();

    /// <summary>False when the queue is full; DTLS sends again by itself.</summary>
    public bool TryPost(HandshakeLink link, ReadOnlySpan<byte> datagram) => _jobs.TryAdd(new Job(link, datagram.ToArray()));

    public bool TryClose(HandshakeLink link) => _jobs.TryAdd(new Job(link, null));

    /// <summary>Nobody may post any more.</summary>
    public void Dispose()
    {
        _stopping = true;
        if (_thread.IsAlive)
        {
            _jobs.CompleteAdding();
            _thread.Join();
        }

        _jobs.Dispose();
    }

    private void Run()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = LinuxNative.SetPriority(0, 0, LowerPriority);
        }

        while (!_stopping)
        {
            try
            {
                Turn();
            }
            catch (Exception exception)
            {
                // One peer's handshake must not end those of all others.
                Log.HandshakeFailed(_logger, exception);
            }
        }
    }

    private void Turn()
    {
        var wait = NextTimeout() - _clock.Now;
        wait = wait > s_idle ? s_idle : wait;
        if (_jobs.TryTake(out var job, wait > TimeSpan.Zero ? (int)Math.Ceiling(wait.TotalMilliseconds) : 0))
        {
            Do(job);
        }

        FireTimeouts();
    }

    private void Do(Job job)
    {
        if (job.Datagram is null)
        {
            _handshaking.Remove(job.Link);
            job.Link.Close();
            return;
        }

        job.Link.Receive(job.Datagram, _clock.Now);
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
        var now = _clock.Now;
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
