namespace Classroom.MediaServer.Loops;

/// <summary>Who watches the rooms of a loop. An observer that throws is counted and goes on.</summary>
internal sealed class ObserverList(MediaLoop loop)
{
    private readonly List<IRoomObserver> _observers = [];

    /// <summary>Tells what is there, then what happens.</summary>
    public void Add(IRoomObserver observer)
    {
        _observers.Add(observer);
        foreach (var room in loop.Rooms.Values)
        {
            room.Describe(call => Tell(observer, call));
        }
    }

    public void Remove(IRoomObserver observer) => _observers.Remove(observer);

    public void Tell(Action<IRoomObserver> call)
    {
        foreach (var observer in _observers)
        {
            Tell(observer, call);
        }
    }

    private void Tell(IRoomObserver observer, Action<IRoomObserver> call)
    {
        try
        {
            call(observer);
        }
        catch (Exception exception)
        {
            loop.SinkFailed(exception);
        }
    }
}
