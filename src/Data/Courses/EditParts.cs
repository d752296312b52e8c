namespace Classroom.Data;

/// <summary>单画面, 双分屏 (side by side), 画中画 (picture in picture), 三分屏 (a large one and two beside it), 宫格 (rows of equal ones).</summary>
public enum EditLayout { Single, SideBySide, PictureInPicture, ThreeWay, Grid }

/// <param name="InMs">Start on the lesson clock, in milliseconds.</param>
/// <param name="OutMs">End on the lesson clock, in milliseconds, exclusive.</param>
/// <param name="Seats">Seat references "{classroomId}/{group}" in layout order, the main picture first; as many as <see cref="EditLayouts.SeatsOf"/> says.</param>
public sealed record EditClip(long InMs, long OutMs, EditLayout Layout, IReadOnlyList<string> Seats);

/// <summary>Looks of title and end cards: green with white words, paper with dark words, dark with white words.</summary>
public enum CardStyle { Pine, Paper, Ink }

/// <summary>A card drawn from the catalogue's fields: title, chapter, teacher and school.</summary>
/// <param name="LengthMs">How long it stands, in milliseconds.</param>
/// <param name="Text">A line of one's own; may be empty.</param>
public sealed record EditCard(CardStyle Style, int LengthMs, string Text);

/// <summary>A part of a seat's picture that nobody may recognise.</summary>
/// <param name="Seat">The picture, wherever a layout puts it.</param>
/// <param name="X">Left edge; like the others from 0 to 1, in parts of the seat's own picture.</param>
public sealed record EditBlur(string Seat, long FromMs, long ToMs, double X, double Y, double Width, double Height);

/// <summary>A time in which something must not be heard.</summary>
/// <param name="Seat">Whose sound; null: everybody's.</param>
public sealed record EditMute(string? Seat, long FromMs, long ToMs);

/// <summary>Where the cover comes from: a moment of the film, or an uploaded picture.</summary>
/// <param name="AtMs">On the film's own clock.</param>
/// <param name="File">Name that the upload was given; it goes before <paramref name="AtMs"/>.</param>
public sealed record EditCover(long AtMs, string? File);

/// <summary>How many seats each layout shows.</summary>
public static class EditLayouts
{
    public static (int Least, int Most) SeatsOf(EditLayout layout) => layout switch
    {
        EditLayout.SideBySide or EditLayout.PictureInPicture => (2, 2),
        EditLayout.ThreeWay => (3, 3),
        EditLayout.Grid => (2, 6),
        _ => (1, 1),
    };
}
