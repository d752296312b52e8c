namespace Classroom.MediaServer.Loops;

/// <summary>Which other loops were given something and should look. Used by one loop's thread only.</summary>
/// <param name="loops">Number of loops.</param>
internal sealed class WakeList(int loops)
{
    private readonly bool[] _marked = new bool[loops];
    private bool _any;

    public int Loops => loops;

    public void Mark(int loop)
    {
        _marked[loop] = true;
        _any = true;
    }

    /// <summary>Wakes those that were marked since the last call.</summary>
    public void Wake(MediaLoop[] others)
    {
        if (!_any)
        {
            return;
        }

        for (var i = 0; i < _marked.Length; i++)
        {
            if (_marked[i])
            {
                _marked[i] = false;
                others[i].Wake();
            }
        }

        _any = false;
    }
}
