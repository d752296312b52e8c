namespace Classroom.Signaling.Contracts;

// Slides, whiteboard and ink. Surfaces are named "doc:{documentId}/{page}" and "board/{page}", pages counted from 1.
public partial interface IClassroomHub
{
    /// <summary>Everyone sees this page of a document or of the whiteboard (who leads). Null: the picture again.</summary>
    Task<Ack> ShowSurface(string key, string? surface);

    /// <summary>Whether others may leaf through what is shown by themselves (teacher).</summary>
    Task<Ack> LetBrowse(string key, bool allowed);

    /// <summary>Strokes that are finished. One whose id is known is passed over, so a page may send again what it is not sure of.</summary>
    /// <remarks>A student without the pen draws for itself and the teacher; so does one whose pen was taken away meanwhile.</remarks>
    Task<Ack> Draw(string key, StrokeInput[] strokes);

    /// <summary>Rubs strokes out: one's own, and a teacher everything that all see.</summary>
    Task<Ack> Erase(string key, string[] strokeIds);

    /// <summary>Brings back what was rubbed out, under the same rule.</summary>
    Task<Ack> Restore(string key, string[] strokeIds);

    /// <summary>Rubs out all that everyone sees on it (teacher).</summary>
    Task<Ack> ClearSurface(string key, string surface);

    /// <summary>A student draws for everyone from now on, or no longer (teacher).</summary>
    Task<Ack> GivePen(string key, string participantId, bool allowed);

    /// <summary>A student's own ink on a page is shown to everyone, with what is added to it (teacher). Null: no longer.</summary>
    Task<Ack> ShareInk(string key, string? participantId, string? surface);

    /// <summary>Tells others what is passing: a stroke being drawn, the laser pointer. Nothing is kept or acknowledged.</summary>
    Task Pass(PassingInk ink);

    /// <summary>Where the pages of a document that was shown can be fetched; a teacher may ask for any of the lesson.</summary>
    Task<DocumentLink> LinkDocument(string documentId);
}

public partial interface IClassroomClient
{
    /// <summary>Something that passes: a pointer, or the beginning of a stroke. A page that is slow does not get it.</summary>
    Task Passing(string who, PassingInk ink);

    /// <summary>More of a stroke whose beginning has passed: only what is new, since a tablet hears this many times a second.</summary>
    /// <param name="from">Place of the first of these points in the stroke.</param>
    Task PassingOn(string who, string id, int from, string points);
}

/// <param name="Id">Made by the page, 8 to 24 letters and digits; unique in the lesson.</param>
/// <param name="Tool">pen, highlighter, line, rect, ellipse or arrow.</param>
/// <param name="Color">ink, red, orange, yellow, green, blue, purple or white.</param>
/// <param name="Width">Thousandths of the page's width.</param>
/// <param name="Points">See docs/timeline.md, "Points of a stroke".</param>
/// <param name="IsPrivate">Only for the student who draws, and the teacher.</param>
public sealed record StrokeInput(string Id, string Surface, string Tool, string Color, double Width, string Points, bool IsPrivate);

/// <param name="Kind">"stroke": points that continue the stroke with this id; "laser": where the pointer is, no points: it is gone.</param>
/// <param name="From">Place of the first of these points in the stroke. Each piece begins where the one before the last one ended, so one that is missing is not missed.</param>
public sealed record PassingInk(string Kind, string Surface, string Id, string Tool, string Color, double Width, string Points, int From = 0);

/// <param name="PagesBase">Pages lie below it as "{page}-{width}.webp", of width 960, 1920 and 3840 pixels.</param>
public sealed record DocumentLink(string PagesBase, int ExpiresInSeconds);
