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
    // Not a record: of a constructor with nullable parameters the generator of request delegates makes code that does not compile.
    internal sealed class Asked
    {
        public string? Text { get; init; }

        public string? Node { get; init; }

        public string? Point { get; init; }

        public string? School { get; init; }

        public CourseType? Type { get; init; }

        public string? Stage { get; init; }

        public string? Grade { get; init; }

        public string? Subject { get; init; }

        public string? Edition { get; init; }

        public int? Page { get; init; }

        public ReviewLevel? Level { get; init; }

        public AwardLevel? Award { get; init; }

        public CourseQuery ToQuery() => new(Text, Node, Point, School, Type, Stage, Grade, Subject, Edition, Page ?? 1, Level, Award);
    }
}
