namespace Classroom.MediaServer.Loops;

/// <summary>Undoes something once.</summary>
internal sealed class Detachment(Action undo) : IDisposable
{
    private Action? _undo = undo;

    public void Dispose() => Interlocked.Exchange(ref _undo, null)?.Invoke();
}
