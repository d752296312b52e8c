using Classroom.Data;

namespace Classroom.Library.Contracts;

/// <summary>A line of captions; whether its times are those of the lesson or of the film is said where it is used.</summary>
public sealed record CueInfo(long FromMs, long ToMs, string Text);

/// <summary>Captions read from a file, moved to the lesson clock.</summary>
/// <param name="Left">How many lines lie outside the clips and are left out.</param>
public sealed record CaptionsRead(CueInfo[] Cues, int Left);

/// <param name="File">For the edit list's cover.</param>
public sealed record CoverTaken(string File, string Url);

/// <param name="Name">Empty when it is a known one, which pages name themselves.</param>
public sealed record PresetInfo(string Id, string Name, bool IsKnown, PresetRules Rules);

/// <summary>A preset as administrators write it down; what is null may be anything.</summary>
/// <param name="IsExactSize">The picture has just this size; otherwise at least.</param>
public sealed record PresetRow(
    string Id, string Name, int? LeastSeconds, int? MostSeconds, int? MostOpeningSeconds, int? Width, int? Height, bool IsExactSize,
    int? LeastKbps, int? MostKbps, int? SoundKbps, int? MostMegabytes);

public sealed record PreflightReport(string PresetId, PreflightCheck[] Checks);

/// <param name="Code">title, clips, chapter, points, film, short, long, opening, size or bytes; pages have words for each.</param>
/// <param name="IsAdvice">It may be submitted all the same.</param>
/// <param name="FixAt">Where it is mended: details, picture, cards or film.</param>
/// <param name="Actual">As it is; times in milliseconds.</param>
/// <param name="Wanted">As it should be, or at most be.</param>
public sealed record PreflightCheck(string Code, bool IsKept, bool IsAdvice, string FixAt, string Actual = "", string Wanted = "");

public sealed record ExportInfo(string PresetId, string PresetName, string Url, DateTime? MadeAt);
