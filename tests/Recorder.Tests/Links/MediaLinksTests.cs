using System.Runtime.Versioning;
using System.Text;
using Classroom.Recorder.Links;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Tests.Links;

[SupportedOSPlatform("linux")]
public sealed class MediaLinksTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private readonly StoppedClock _clock = new(Start);

    [Fact]
    public void A_link_opens_what_lies_below_its_prefix()
    {
        var links = NewLinks();
        Assert.Equal("courses/c/r/seg1.m4s", links.KeyOf(Ticket(links, "courses/c/r/"), "seg1.m4s"));
        Assert.Equal("courses/c/r/v0/seg1.m4s", links.KeyOf(Ticket(links, "courses/c/r/"), "v0/seg1.m4s"));
    }

    [Theory, InlineData(3599, true), InlineData(3600, false), InlineData(7200, false)]
    public void It_expires(int seconds, bool opens)
    {
        var links = NewLinks();
        var ticket = Ticket(links, "courses/c/r/");
        _clock.Now = Start.AddSeconds(seconds);
        Assert.Equal(opens, links.KeyOf(ticket, "film.mp4") is not null);
    }

    [Theory, InlineData("../x/film.mp4"), InlineData("a/../../film.mp4"), InlineData("/film.mp4"), InlineData(""), InlineData("a%2fb"), InlineData("a\\b")]
    public void A_path_out_of_the_prefix_is_refused(string path)
    {
        var links = NewLinks();
        Assert.Null(links.KeyOf(Ticket(links, "courses/c/r/"), path));
    }

    [Fact]
    public void Any_changed_character_closes_it()
    {
        var links = NewLinks();
        var ticket = Ticket(links, "courses/c/r/");
        for (var i = 0; i < ticket.Length; i++)
        {
            var changed = new StringBuilder(ticket) { [i] = ticket[i] == 'A' ? 'B' : 'A' }.ToString();
            Assert.Null(links.KeyOf(changed, "film.mp4"));
        }
    }

    [Theory, InlineData(""), InlineData("AAAA"), InlineData("***"), InlineData("%00")]
    public void Garbage_is_refused(string ticket) => Assert.Null(NewLinks().KeyOf(ticket, "film.mp4"));

    [Fact]
    public void The_key_is_kept_and_only_its_owner_can_read_it()
    {
        var ticket = Ticket(NewLinks(), "courses/c/r/");
        Assert.NotNull(NewLinks().KeyOf(ticket, "film.mp4"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("media-links.key")));
    }

    [Theory, InlineData("courses/c"), InlineData("/"), InlineData("../"), InlineData("")]
    public void A_prefix_that_opens_too_much_is_not_issued(string prefix) =>
        Assert.Throws<ArgumentException>(() => NewLinks().Issue(prefix, TimeSpan.FromHours(1)));

    [Fact]
    public void A_link_to_one_file_opens_that_file_alone()
    {
        var links = NewLinks();
        var parts = links.IssueFile("courses/c/r/cover.jpg", TimeSpan.FromHours(1)).Split('/');
        Assert.Equal("cover.jpg", parts[3]);
        Assert.Equal("courses/c/r/cover.jpg", links.KeyOf(parts[2], "cover.jpg"));
        Assert.Null(links.KeyOf(parts[2], "film.mp4"));
        Assert.Null(links.KeyOf(parts[2], "cover.jpg/film.mp4"));
    }

    public void Dispose() => _folder.Dispose();

    private MediaLinks NewLinks() => new(Options.Create(new RecorderOptions { SecretsFolder = _folder.Path }), _clock);

    private static string Ticket(MediaLinks links, string prefix) => links.Issue(prefix, TimeSpan.FromHours(1)).Split('/')[2];
}
