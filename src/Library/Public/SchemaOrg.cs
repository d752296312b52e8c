using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using System.Xml;
using Classroom.Library.Contracts;

namespace Classroom.Library.Public;

/// <summary>A film as linked data: https://schema.org/VideoObject and https://schema.org/LearningResource in one.</summary>
internal static class SchemaOrg
{
    // Escapes what would end the script element, whatever a title says.
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(PublicFilm film)
    {
        var thing = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = new JsonArray("VideoObject", "LearningResource"),
            ["@id"] = film.Page,
            ["name"] = film.Title,
            ["description"] = film.Summary,
            ["url"] = film.Page,
            ["embedUrl"] = film.Frame,
            ["thumbnailUrl"] = film.Cover,
            ["duration"] = XmlConvert.ToString(TimeSpan.FromSeconds(Math.Ceiling(film.Length.TotalSeconds))),
            ["uploadDate"] = film.PublishedAt is { } at ? at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : null,
            ["inLanguage"] = "zh-CN",
            ["learningResourceType"] = "micro-course",
            ["isAccessibleForFree"] = true,
            ["publisher"] = Named("Organization", PublicHead.SiteName),
            ["creator"] = new JsonObject { ["@type"] = "Person", ["name"] = film.TeacherName, ["affiliation"] = Named("EducationalOrganization", film.SchoolName) },
        };
        if ((film.Place.Grade ?? film.Place.Stage) is not null)
        {
            thing["educationalLevel"] = string.Join(' ', new[] { film.Place.Stage, film.Place.Grade }.OfType<string>());
        }

        if (film.Place.Subject is { } subject)
        {
            thing["about"] = Named("Thing", subject);
        }

        if (film.Points.Length > 0)
        {
            thing["teaches"] = new JsonArray([.. film.Points.Select(point => Named("DefinedTerm", point))]);
        }

        if (film.Chapters.Length > 0)
        {
            thing["hasPart"] = new JsonArray([.. film.Chapters.Select((chapter, index) => Part(film, chapter, index))]);
        }

        return thing.ToJsonString(s_json);
    }

    private static JsonObject Named(string type, string name) => new() { ["@type"] = type, ["name"] = name };

    private static JsonObject Part(PublicFilm film, ChapterInfo chapter, int index)
    {
        var seconds = chapter.AtMs / 1000;
        var end = index + 1 < film.Chapters.Length ? film.Chapters[index + 1].AtMs / 1000 : (long)film.Length.TotalSeconds;
        return new JsonObject { ["@type"] = "Clip", ["name"] = chapter.Title, ["startOffset"] = seconds, ["endOffset"] = end, ["url"] = $"{film.Page}?t={seconds}" };
    }
}
