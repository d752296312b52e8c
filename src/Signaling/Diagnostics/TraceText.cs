using System.Globalization;
using System.Threading.Channels;
using Classroom.MediaServer;
using Classroom.Rtc;

namespace Classroom.Signaling.Diagnostics;

/// <summary>The trace of a connection as lines of text: one for everything that comes or goes.</summary>
internal sealed class TraceText : IConnectionTrace
{
    private const int Backlog = 16_384;

    private readonly Channel<ConnectionEvent> _events = Channel.CreateBounded<ConnectionEvent>(
        new BoundedChannelOptions(Backlog) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long _lost;

    public void OnEvent(in ConnectionEvent happened)
    {
        if (!_events.Writer.TryWrite(happened))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Writes lines until it is cancelled.</summary>
    /// <param name="output">Gets the lines.</param>
    /// <param name="until">Ends it, without an exception.</param>
    public async Task WriteAsync(TextWriter output, CancellationToken until)
    {
        Instant? start = null;
        try
        {
            await foreach (var happened in _events.Reader.ReadAllAsync(until))
            {
                start ??= happened.At;
                await output.WriteLineAsync(Line(happened, happened.At - start.Value).AsMemory(), until);
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }

        if (Interlocked.Read(ref _lost) is > 0 and var lost)
        {
            await output.WriteLineAsync($"# {lost} lines were lost: the reader is too slow");
        }

        await output.FlushAsync(CancellationToken.None);
    }

    /// <summary>Milliseconds since the first line, direction as the server sees it, kind, bytes, and what there is to say.</summary>
    public static string Line(in ConnectionEvent happened, TimeSpan since) => string.Create(
        CultureInfo.InvariantCulture,
        $"{since.TotalMilliseconds,10:F2} {(happened.IsOut ? "->" : "<-")} {happened.Kind,-5} {happened.Length,5} {Rest(happened)}").TrimEnd();

    private static string Rest(in ConnectionEvent happened) => happened.Kind switch
    {
        ConnectionEventKind.Rtp => string.Create(
            CultureInfo.InvariantCulture,
            $"ssrc={happened.Ssrc} pt={happened.PayloadType} seq={happened.Sequence} ts={happened.Timestamp}{(happened.IsMarked ? " M" : "")}"),
        ConnectionEventKind.Rtcp => string.Create(CultureInfo.InvariantCulture, $"ssrc={happened.Ssrc} {happened.Note}"),
        _ => happened.Note ?? "",
    };
}
