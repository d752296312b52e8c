using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;

namespace Classroom.Library.Public;

/// <summary>What the head of a public page says about its film.</summary>
/// <param name="Page">The whole address of the page.</param>
/// <param name="Frame">The whole address of the page that other sites frame.</param>
/// <param name="Cover">The whole address of the picture; it expires.</param>
/// <param name="Points">Names of its knowledge points.</param>
internal sealed record PublicFilm(
    string Title, string Description, string TeacherName, string SchoolName, string Page, string Frame, string Cover,
    TimeSpan Length, int Width, int Height, DateTime? PublishedAt, NodePlace Place, string[] Points, ChapterInfo[] Chapters)
{
    private const int LongestSummary = 200;

    /// <summary>One line for search engines and messengers: what the author wrote, or else who made it.</summary>
    public string Summary
    {
        get
        {
            var line = string.Join(' ', (Description.Trim().Length > 0 ? Description : $"{TeacherName} {SchoolName}").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return line.Length <= LongestSummary ? line : line[..(LongestSummary - 1)] + "…";
        }
    }
}
