using Classroom.Data;

namespace Classroom.Signaling.Contracts;

/// <summary>Something that a lesson shows or hands out, for those who plan it.</summary>
/// <param name="Error">Code of what went wrong, which pages say in words.</param>
/// <param name="Progress">0 to 1 while the pages are being drawn; null before and after.</param>
/// <param name="PagesBase">Signed path below which the pages of slides lie as "{page}-{width}.webp"; null until they are ready.</param>
/// <param name="FileUrl">Signed path of the file as it came; null for a link.</param>
public sealed record DocumentRow(string Id, DocumentKind Kind, string Title, string FileName, string ContentType, long Bytes, string Url, DocumentState State, string? Error, DocumentPage[] Pages, int Position, double? Progress, int? SecondsLeft, string? PagesBase, string? FileUrl);

/// <summary>A page of slides.</summary>
/// <param name="Width">In the document's own unit: only the shape counts.</param>
/// <param name="Title">The first line on it; may be empty.</param>
public sealed record DocumentPage(double Width, double Height, string Title);

/// <param name="Position">Place in the lesson, from 0; the others make room.</param>
public sealed record DocumentEdit(string Title, int Position);

public sealed record LinkEdit(string Title, string Url);
