using Classroom.MediaServer;
using Classroom.Signaling.Contracts;
using Microsoft.Extensions.Logging;

namespace Classroom.Signaling.Sources;

/// <summary>Keeps one appliance's stream in one lesson: looks at it, runs FFmpeg over it, and begins again when it ends.</summary>
/// <param name="lost">Told each time that it could not be had, or was lost.</param>
internal sealed partial class SourceRun(SourceOrder order, SourceGuest guest, SourceProbe probe, string ffmpeg, TimeProvider time, ILogger logger, Action lost)
{
    private const string Removed = "removed";

    /// <summary>The lesson takes nothing any more: it ends, and so will this.</summary>
    private const string NotHere = "not_here";

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    /// <summary>A picture that stands still for this long is no lesson any more.</summary>
    private static readonly TimeSpan s_mostSilence = TimeSpan.FromSeconds(10);

    /// <summary>One that comes and goes faster than this is tried less and less often.</summary>
    private static readonly TimeSpan s_steady = TimeSpan.FromSeconds(10);

    private readonly SourceBackoff _backoff = new();
    private volatile SourceStatus _status = new(SourcePhase.Connecting, time.GetUtcNow().UtcDateTime);
    private long _lastPacket;

    public SourceOrder Order => order;

    public SourceStatus Status => _status;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var trouble = ""; trouble != Removed; await Task.Delay(_backoff.Next(), time, cancellationToken))
            {
                trouble = await TryAsync(cancellationToken);
                if (trouble != NotHere)
                {
                    Lose(trouble);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The lesson is over, or the seat has another source now.
        }
        finally
        {
            await guest.LeaveAsync();
        }
    }

    private async Task<string> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await AttemptAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A full disk, for example, is no reason to leave the seat empty for the rest of the lesson.
            Log.Failed(logger, order.LessonId, exception);
            return "broken_stream";
        }
    }

    /// <returns>Why it ended.</returns>
    private async Task<string> AttemptAsync(CancellationToken cancellationToken)
    {
        var look = await probe.LookAsync(order.Address, cancellationToken);
        if (look.Format is not { } format)
        {
            return look.Trouble!;
        }

        using var socket = new SourceSocket();
        var start = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        await using var program = await SourceProgram.StartAsync(ffmpeg, SourceArguments.Build(order.Address, format, socket.Path, start), order.Address);
        if (program is null)
        {
            return "no_ffmpeg";
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Volatile.Write(ref _lastPacket, time.GetTimestamp());
        Task<string>[] ends = [PumpAsync(socket, format, stop.Token), ExitAsync(program, stop.Token), SilenceAsync(stop.Token)];
        var first = await Task.WhenAny(ends);
        await stop.CancelAsync();
        await ((Task)Task.WhenAll(ends)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return await first;
    }

    private async Task<string> PumpAsync(SourceSocket socket, SourceFormat format, CancellationToken cancellationToken)
    {
        // Only a stream that comes is a seat of the lesson.
        var packet = await socket.ReceiveAsync(cancellationToken);
        try
        {
            using var feed = await guest.PublishAsync(format, cancellationToken);
            Live(format);
            for (; ; packet = await socket.ReceiveAsync(cancellationToken))
            {
                Volatile.Write(ref _lastPacket, time.GetTimestamp());
                while (!packet.IsEmpty && !feed.TryWrite(packet.Span))
                {
                    if (feed.IsClosed)
                    {
                        return guest.IsRemoved ? Removed : NotHere;
                    }

                    // FFmpeg waits with us: nothing is lost on this machine.
                    await Task.Delay(TimeSpan.FromMilliseconds(1), time, cancellationToken);
                }
            }
        }
        catch (Refusal refusal)
        {
            return refusal.Code switch { Refusal.Removed => Removed, Refusal.RoomFull => "too_many", _ => NotHere };
        }
        catch (MediaException refusal)
        {
            return refusal.Code == "limit_reached" ? "too_many" : NotHere;
        }
    }

    private static async Task<string> ExitAsync(SourceProgram program, CancellationToken cancellationToken)
    {
        await program.WaitAsync(cancellationToken);

        // An appliance that ends its stream in order is as far away as one that does not.
        return program.HasFailed ? SourceReading.TroubleIn(await program.Errors) : "stalled";
    }

    private async Task<string> SilenceAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_look, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (time.GetElapsedTime(Volatile.Read(ref _lastPacket)) >= s_mostSilence)
            {
                break;
            }
        }

        return "stalled";
    }

    private void Live(SourceFormat format)
    {
        _status = new SourceStatus(SourcePhase.Live, time.GetUtcNow().UtcDateTime, Trouble: null, format);
        Log.Live(logger, order.LessonId, order.Key.ClassroomId, order.Key.Seat.ToString(), order.Address.Place, format.WhyEncoded is null);
    }

    private void Lose(string trouble)
    {
        lost();
        var phase = trouble is "wrong_password" or Removed ? SourcePhase.Refused : SourcePhase.NoSignal;

        // The time is that of the loss: attempts that fail change nothing about it.
        var now = time.GetUtcNow().UtcDateTime;
        var since = _status.Phase is SourcePhase.NoSignal or SourcePhase.Refused ? _status.Since : now;
        if (_status.Phase == SourcePhase.Live && now - _status.Since >= s_steady)
        {
            _backoff.Reset();
        }

        if ((_status.Phase, _status.Trouble) != (phase, trouble))
        {
            Log.Lost(logger, order.LessonId, order.Key.ClassroomId, order.Key.Seat.ToString(), order.Address.Place, trouble);
        }

        _status = new SourceStatus(phase, since, trouble);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Lesson {LessonId}: {ClassroomId}/{Seat} comes from {Place}; copied: {IsCopied}.")]
        public static partial void Live(ILogger logger, string lessonId, string classroomId, string seat, string place, bool isCopied);

        [LoggerMessage(2, LogLevel.Warning, "Lesson {LessonId}: {ClassroomId}/{Seat} does not come from {Place}: {Trouble}.")]
        public static partial void Lost(ILogger logger, string lessonId, string classroomId, string seat, string place, string trouble);

        [LoggerMessage(3, LogLevel.Error, "Lesson {LessonId}: the stream of an appliance failed.")]
        public static partial void Failed(ILogger logger, string lessonId, Exception exception);
    }
}
