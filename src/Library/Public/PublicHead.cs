using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Classroom.Library.Public;

/// <summary>Writes what machines read of a public page: title, description, OpenGraph (https://ogp.me) and schema.org data.</summary>
internal static class PublicHead
{
    public const string SiteName = "同窗 Classroom";

    // Letters of all languages as they are; everything that means something to HTML escaped.
    private static readonly HtmlEncoder s_html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="page">The client's page.</param>
    /// <param name="isFrame">Search engines are sent to the page itself.</param>
    public static string Into(string page, PublicFilm film, bool isFrame)
    {
        var (from, to) = (page.IndexOf("<title>", StringComparison.Ordinal), page.IndexOf("</title>", StringComparison.Ordinal));
        return from < 0 || to < from ? page : string.Concat(page.AsSpan(0, from), Write(film, isFrame), page.AsSpan(to + "</title>".Length));
    }

    private static string Write(PublicFilm film, bool isFrame)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"<title>{Text($"{film.Title} · {SiteName}")}</title>\n");
        head.Append(CultureInfo.InvariantCulture, $"    <link rel=\"canonical\" href=\"{Text(film.Page)}\" />\n");
        Name("description", film.Summary);
        if (isFrame)
        {
            Name("robots", "noindex");
        }

        Property("og:site_name", SiteName);
        Property("og:type", "video.other");
        Property("og:title", film.Title);
        Property("og:description", film.Summary);
        Property("og:url", film.Page);
        Property("og:image", film.Cover);
        Property("og:video", film.Frame);
        Property("og:video:type", "text/html");
        Property("og:video:width", film.Width.ToString(CultureInfo.InvariantCulture));
        Property("og:video:height", film.Height.ToString(CultureInfo.InvariantCulture));
        Property("og:video:duration", ((int)film.Length.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        Name("twitter:card", "summary_large_image");
        return head.Append(CultureInfo.InvariantCulture, $"    <script type=\"application/ld+json\">{SchemaOrg.Write(film)}</script>").ToString();

        void Name(string name, string content) => Meta("name", name, content);
        void Property(string name, string content) => Meta("property", name, content);
        void Meta(string kind, string name, string content) => head.Append(CultureInfo.InvariantCulture, $"    <meta {kind}=\"{name}\" content=\"{Text(content)}\" />\n");
    }

    private static string Text(string text) => s_html.Encode(text);
}
