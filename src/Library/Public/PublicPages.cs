using System.Text;
using Classroom.Data;
using Classroom.Library.Catalogue;
using Classroom.Library.Drafts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Classroom.Library.Public;

/// <summary>
/// Pages that everybody may open. What is not there, not published or not public answers alike: 404 with the client's page, so that nobody
/// learns which courses exist.
/// </summary>
internal sealed class PublicPages(ClassroomDb db, CourseLoader loader, CatalogueTrees trees, IMediaLinks links, IClientPage client, IOptions<LibraryOptions> options)
{
    private const string Html = "text/html; charset=utf-8";

    // Whoever reads the page for others (a search engine, a messenger) fetches the picture soon afterwards.
    private static readonly TimeSpan CoverLifetime = TimeSpan.FromHours(6);

    public async Task<IResult> OpenAsync(string id, HttpContext http, bool isFrame)
    {
        if (await client.ReadAsync(http.RequestAborted) is not { } page)
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "no-cache";
        var course = await loader.LoadPublicAsync(id, http.RequestAborted);
        return course?.Rendition is not { } film
            ? Results.Content(page, Html, Encoding.UTF8, StatusCodes.Status404NotFound)
            : Results.Content(PublicHead.Into(page, await DescribeAsync(course, film, Origin(http.Request), http.RequestAborted), isFrame), Html, Encoding.UTF8);
    }

    private async Task<PublicFilm> DescribeAsync(MicroCourse course, Rendition film, string origin, CancellationToken cancellationToken)
    {
        var tree = await trees.GetAsync(db, cancellationToken);
        return new PublicFilm(
            course.Title, course.Description, course.TeacherName ?? "", course.School?.Name ?? "",
            $"{origin}/c/{course.Id}", $"{origin}/embed/{course.Id}", origin + links.IssueFile(film.CoverKey, CoverLifetime),
            TimeSpan.FromMilliseconds(film.DurationMs), film.Width, film.Height, course.PublishedAt, tree.PlaceOf(course.NodeId),
            [.. course.Points.OrderBy(link => link.KnowledgePoint!.Order).Select(link => link.KnowledgePoint!.Name)],
            DraftReader.ChaptersOfFilm(course, film));
    }

    /// <summary>The address that is configured; otherwise the one that was asked.</summary>
    private string Origin(HttpRequest request) => options.Value.PublicUrl is { Length: > 0 } url ? url : $"{request.Scheme}://{request.Host}";
}
