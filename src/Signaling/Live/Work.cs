namespace Classroom.Signaling.Live;

/// <summary>A call on its way through a lesson room: run on the room's reader, answered after the commit.</summary>
internal abstract class Work
{
    public abstract void Run();

    /// <summary>Everything is stored: do the effect and answer.</summary>
    public abstract Task CompleteAsync();

    public abstract void Fail(Exception exception);
}

internal sealed class Work<T>(Func<T> act, Func<T, Task>? effect) : Work
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Answer => _answer.Task;

    public override void Run()
    {
        try
        {
            _result = act();
        }
        catch (Exception exception)
        {
            _answer.TrySetException(exception);
        }
    }

    public override async Task CompleteAsync()
    {
        if (_answer.Task.IsCompleted)
        {
            return;
        }

        try
        {
            if (effect is not null)
            {
                await effect(_result);
            }

            _answer.TrySetResult(_result);
        }
        catch (Exception exception)
        {
            _answer.TrySetException(exception);
        }
    }

    public override void Fail(Exception exception) => _answer.TrySetException(exception);
}
