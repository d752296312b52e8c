using Classroom.Data;
using Classroom.Library.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Library.Search;

internal static class SearchEndpoints
{
    public static void Map(IEndpointRouteBuilder courses)
    {
        courses.MapGet("/", ([AsParameters] Asked asked, CourseSearch search, CancellationToken ct) => search.FindAsync(asked.ToQuery(), ct));
        courses.MapGet("/facets", ([AsParameters] Asked asked, CourseSearch search, CancellationToken ct) => search.FacetsAsync(asked.ToQuery(), ct));
        courses.MapGet("/suggest", (string? text, Suggestions suggestions, CancellationToken ct) => suggestions.FindAsync(text, ct));
    }

    /// <summary>The query string of the catalogue page.</summary>
    private sealed record Asked(
        string? Text, string? Node, string? Point, string? School, CourseType? Type, string? Stage, string? Grade, string? Subject, string? Edition, int? Page,
        ReviewLevel? Level, AwardLevel? Award)
    {
        public CourseQuery ToQuery() => new(Text, Node, Point, School, Type, Stage, Grade, Subject, Edition, Page ?? 1, Level, Award);
    }
}
