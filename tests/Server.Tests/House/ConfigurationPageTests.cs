using System.Text.RegularExpressions;
using Classroom.Server.Configuration;

namespace Classroom.Server.Tests.House;

public sealed partial class ConfigurationPageTests
{
    private static readonly string s_page = Repository.Read("docs", "configuration.md");

    [Fact]
    public void It_lists_exactly_the_keys_that_the_options_know()
    {
        var listed = RowKey().Matches(s_page).Select(match => match.Groups["key"].Value);
        Assert.Equal(ServerOptionsReader.Keys.Keys.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_gives_the_real_default_of_every_number_and_word()
    {
        var defaults = new ServerOptions();
        foreach (var (key, property) in ServerOptionsReader.Keys)
        {
            if (property.GetValue(defaults) is { } value and (int or string or Enum or bool))
            {
                var shown = value switch { bool on => on ? "1" : "0", Enum member => member.ToString(), _ => value.ToString()! };
                Assert.Matches($@"(?im)^\| `{key}` \|[^|]*\| `?{Regex.Escape(shown)}`? ?\|", s_page);
            }
        }
    }

    [GeneratedRegex("^\\| `(?<key>CLASSROOM_[A-Z0-9_]+)` \\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RowKey();
}
