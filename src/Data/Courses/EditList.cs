namespace Classroom.Data;

/// <summary>单画面, 双分屏 (side by side), 画中画 (picture in picture).</summary>
public enum EditLayout { Single, SideBySide, PictureInPicture }

/// <summary>The decision list of a micro-course: what is cut from the lesson and how it is laid out. Nothing in it is rendered yet.</summary>
public sealed record EditList(IReadOnlyList<EditClip> Clips)
{
    public static readonly EditList Empty = new([]);

    public long DurationMs => Clips.Sum(clip => clip.OutMs - clip.InMs);
}

/// <param name="InMs">Start on the lesson clock, in milliseconds.</param>
/// <param name="OutMs">End on the lesson clock, in milliseconds, exclusive.</param>
/// <param name="Seats">Seat references "{classroomId}/{group}" in layout order: one for Single, two for the others (the main picture first).</param>
public sealed record EditClip(long InMs, long OutMs, EditLayout Layout, IReadOnlyList<string> Seats);
