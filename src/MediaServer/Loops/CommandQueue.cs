using System.Threading.Channels;

namespace Classroom.MediaServer.Loops;

/// <summary>The one way into a loop from other threads.</summary>
internal sealed class CommandQueue(Action wake)
{
    private const int Capacity = 8192;

    private readonly Channel<Action> _commands = Channel.CreateBounded<Action>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    // The loop looks at every turn, and looking into the channel takes a lock.
    private volatile bool _mayHold;

    public async ValueTask PostAsync(Action command, CancellationToken cancellationToken)
    {
        try
        {
            await _commands.Writer.WriteAsync(command, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new MediaException("closed", "The media plane has stopped.");
        }

        Announce();
    }

    /// <summary>From another loop, which neither waits nor gives up: what does not fit comes in its turn. Lost only when the queue is closed.</summary>
    public void Send(Action command)
    {
        if (!TryPost(command))
        {
            _ = SendLateAsync(command);
        }
    }

    /// <summary>Takes nothing more; what is in the queue can still be taken out.</summary>
    public void Close() => _commands.Writer.TryComplete();

    /// <summary>False when the queue is full or closed.</summary>
    public bool TryPost(Action command)
    {
        if (!_commands.Writer.TryWrite(command))
        {
            return false;
        }

        Announce();
        return true;
    }

    /// <summary>Runs a command on the loop and brings its result, or its exception, back.</summary>
    public async Task<T> InvokeAsync<T>(Func<T> command, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await PostAsync(() => Complete(command, done), cancellationToken);
        return await done.Task.WaitAsync(cancellationToken);
    }

    public bool TryTake(out Action? command)
    {
        command = null;
        if (!_mayHold)
        {
            return false;
        }

        // Lowered before the look: whatever comes after the look raises it again.
        _mayHold = false;
        if (!_commands.Reader.TryRead(out command))
        {
            return false;
        }

        _mayHold = true;
        return true;
    }

    // The channel keeps the order of those who wait before it.
    private async Task SendLateAsync(Action command)
    {
        try
        {
            await PostAsync(command, CancellationToken.None);
        }
        catch (MediaException)
        {
            // The loop has ended, and all that was on it.
        }
    }

    private void Announce()
    {
        _mayHold = true;
        wake();
    }

    private static void Complete<T>(Func<T> command, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(command());
        }
        catch (Exception exception)
        {
            done.SetException(exception);
        }
    }
}
