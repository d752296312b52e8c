using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>Divides what a school may receive among its viewers, who may be on several loops.</summary>
internal interface ISchoolLevels
{
    /// <summary>What each viewer of the school may receive at most; who wants less leaves the rest to the others (max-min fairness).</summary>
    /// <param name="school">Id.</param>
    /// <param name="ceiling">For all together.</param>
    /// <param name="wanted">Of those on this loop.</param>
    Bitrate Level(string school, Bitrate ceiling, ReadOnlySpan<Bitrate> wanted);
}
