namespace Classroom.Data;

/// <summary>Where the recorder says that a lesson is not, or soon not, recorded: whoever teaches must know while it can be mended.</summary>
public interface IRecordingAlarm
{
    /// <summary>The spool has room for minutes, not for a lesson.</summary>
    const string DiskLow = "disk_low";

    /// <summary>Nothing is being recorded: the disk refuses.</summary>
    const string DiskFull = "disk_full";

    /// <summary>Returns at once; saying the same again changes nothing.</summary>
    /// <param name="trouble">One of the codes above; null when all is well (again).</param>
    void Report(string lessonId, string? trouble);
}
