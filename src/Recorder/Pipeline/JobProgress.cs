namespace Classroom.Recorder.Pipeline;

/// <summary>How far a job is and, from its pace so far, how long it will take.</summary>
internal sealed class JobProgress(TimeProvider time)
{
    private const double EnoughToJudge = 0.02;
    private readonly long _start = time.GetTimestamp();
    private volatile State _state = new(0, "starting");

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public double Value => _state.Value;

    /// <summary>A code that pages translate.</summary>
    public string Step => _state.Step;

    public int? SecondsLeft => _state.Value < EnoughToJudge ? null : (int)Math.Ceiling(Elapsed.TotalSeconds * (1 - _state.Value) / _state.Value);

    public void Set(double value, string step) => _state = new State(Math.Clamp(value, 0, 1), step);

    private sealed record State(double Value, string Step);
}
