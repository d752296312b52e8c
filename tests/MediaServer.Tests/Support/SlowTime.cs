namespace Classroom.MediaServer.Tests.Support;

/// <summary>Time that goes a hundred times as slowly as the machine's: what has to happen soon happens soon on a busy machine as well.</summary>
internal sealed class SlowTime : TimeProvider
{
    private const int Slower = 100;

    private readonly long _origin = TimeProvider.System.GetTimestamp();

    public override long GetTimestamp() => _origin + ((base.GetTimestamp() - _origin) / Slower);
}
