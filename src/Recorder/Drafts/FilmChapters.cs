using System.Globalization;
using System.Text;
using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Boards;

namespace Classroom.Recorder.Drafts;

/// <summary>The few words that chapters need of their own.</summary>
internal sealed record ChapterWords(string Start, string Page, string Board, string Mark)
{
    /// <summary>By language of the pages.</summary>
    public static IReadOnlyDictionary<string, ChapterWords> All { get; } = new Dictionary<string, ChapterWords>
    {
        ["zh"] = new("开始上课", "第 {0} 页", "白板 {0}", "知识点"),
        ["en"] = new("Beginning", "page {0}", "Whiteboard {0}", "Key point"),
    };
}

/// <summary>Chapters of a film from what was shown and marked in the lesson, as WebVTT.</summary>
internal static class FilmChapters
{
    /// <summary>Timeline events that the film is made of.</summary>
    public static readonly string[] Kinds = ["stage", BoardTimes.Show, BoardTimes.Recording, "slides.open", "mark"];

    /// <summary>A page that is only leafed over is no chapter.</summary>
    private const int ShortestMs = 8000;

    public static string Make(IReadOnlyList<TimelineEvent> timeline, WrittenFilm film, ChapterWords words)
    {
        var chapters = Settle(Titles(timeline, words).Select(chapter => (At: FilmTime(film.Parts, chapter.At), chapter.Title)).Prepend((0, words.Start)).ToList());
        var text = new StringBuilder("WEBVTT\n");
        for (var i = 0; i < chapters.Count; i++)
        {
            var end = i + 1 < chapters.Count ? chapters[i + 1].At : film.DurationMs;
            if (end > chapters[i].At)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{Time(chapters[i].At)} --> {Time(end)}\n{Plain(chapters[i].Title)}\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<(long At, string Title)> Titles(IReadOnlyList<TimelineEvent> timeline, ChapterWords words)
    {
        var documents = new Dictionary<string, JsonElement>();
        foreach (var e in timeline)
        {
            var body = JsonDocument.Parse(e.Body).RootElement;
            switch (e.Kind)
            {
                case "slides.open":
                    documents[Text(body, "documentId")] = body;
                    break;
                case "mark":
                    yield return (e.At, Text(body, "label") is { Length: > 0 } label ? $"★ {label}" : $"★ {words.Mark}");
                    break;
                case "surface.show" when Surface(Text(body, "surface"), documents, words) is { } title:
                    yield return (e.At, title);
                    break;
            }
        }
    }

    // "doc:{documentId}/{page}" or "board/{page}", from 1. A subgroup's board is its own business.
    private static string? Surface(string surface, Dictionary<string, JsonElement> documents, ChapterWords words)
    {
        var slash = surface.LastIndexOf('/');
        if (slash < 0 || !int.TryParse(surface.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var page) || page < 1)
        {
            return null;
        }

        if (surface.StartsWith("board/", StringComparison.Ordinal))
        {
            return string.Format(CultureInfo.InvariantCulture, words.Board, page);
        }

        var name = string.Format(CultureInfo.InvariantCulture, words.Page, page);
        if (!surface.StartsWith("doc:", StringComparison.Ordinal) || !documents.TryGetValue(surface[4..slash], out var document))
        {
            return name;
        }

        var pages = document.TryGetProperty("pages", out var list) && list.ValueKind == JsonValueKind.Array ? list : default;
        var own = pages.ValueKind == JsonValueKind.Array && page <= pages.GetArrayLength() ? Text(pages[page - 1], "title") : "";
        return own.Length > 0 ? own : $"{Text(document, "title")} · {name}";
    }

    // Of several within moments of each other the last one counts, for that is where the lesson stayed; a mark is never lost.
    private static List<(long At, string Title)> Settle(List<(long At, string Title)> chapters)
    {
        var kept = new List<(long At, string Title)>();
        foreach (var chapter in chapters.OrderBy(chapter => chapter.At))
        {
            if (kept.Count > 0 && chapter.At - kept[^1].At < ShortestMs && !kept[^1].Title.StartsWith('★'))
            {
                kept[^1] = (kept[^1].At, chapter.Title);
            }
            else if (kept.Count == 0 || kept[^1].Title != chapter.Title)
            {
                kept.Add(chapter);
            }
        }

        return kept;
    }

    /// <summary>Where a time of the lesson lies in the film; what was left out begins with what follows it.</summary>
    private static long FilmTime(IReadOnlyList<FilmPart> parts, long lessonMs)
    {
        var before = 0L;
        foreach (var part in parts)
        {
            if (lessonMs < part.ToMs)
            {
                return before + Math.Max(0, lessonMs - part.FromMs);
            }

            before += part.ToMs - part.FromMs;
        }

        return before;
    }

    private static string Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    // WebVTT knows tags, and ends a cue at an empty line.
    private static string Plain(string title) =>
        title.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Time(long ms) => TimeSpan.FromMilliseconds(ms).ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);
}
