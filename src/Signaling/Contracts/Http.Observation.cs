namespace Classroom.Signaling.Contracts;

/// <summary>What observers look at (听课评价表): groups with their items.</summary>
/// <param name="IsDefault">Offered first.</param>
public sealed record RubricRow(string Id, string Name, RubricGroup[] Groups, bool IsDefault);

public sealed record RubricGroup(string Name, RubricItem[] Items);

/// <param name="Id">Stays when the words are edited; empty for a new item.</param>
/// <param name="MaxScore">1 to 10; 0: without a score.</param>
public sealed record RubricItem(string Id, string Text, int MaxScore);

/// <param name="At">Milliseconds on the lesson clock.</param>
/// <param name="Item">The item's words when the note was written.</param>
public sealed record NoteRow(string Id, string Observer, bool IsMine, long At, string? RubricId, string? ItemId, string? Group, string? Item, int? Score, int? MaxScore, string Text);

/// <param name="Average">Of the notes that have a score; null: none has.</param>
public sealed record NoteSummary(string ItemId, string Group, string Item, int Count, double? Average, int? MaxScore);

public sealed record NotesReply(NoteRow[] Notes, NoteSummary[] Summary, bool MayWrite);
