using System.Text.RegularExpressions;

namespace Classroom.Server.Tests.House;

/// <summary>Every code with which the server refuses has words in the pages, in both languages.</summary>
public sealed partial class RefusalWordsTests
{
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void Every_code_has_words_in_both_languages(string language)
    {
        var words = Key().Matches(Repository.Read("src", "WebClient", "src", "i18n", "errors", $"{language}.ts")).Select(match => match.Groups["key"].Value).ToHashSet(StringComparer.Ordinal);
        var missing = Codes().Where(code => !words.Contains(code.Code)).Select(code => $"{code.Code} ({code.File})");
        Assert.Empty(missing);
    }

    [Fact]
    public void The_codes_are_found()
    {
        var codes = Codes().Select(code => code.Code).ToHashSet(StringComparer.Ordinal);

        // One of each way in which the sources write them.
        Assert.Superset(new HashSet<string>(["bad_credentials", "invalid", "if_match_missing", "no_common_codec", "too_fast", "bad_method", "too_large"], StringComparer.Ordinal), codes);
        Assert.True(codes.Count > 70, $"{codes.Count} codes");
    }

    private static IEnumerable<(string Code, string File)> Codes() =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        from code in CodesOf(Path.GetFileName(file), File.ReadAllText(file))
        group Path.GetFileName(file) by code into files
        select (files.Key, files.First());

    private static IEnumerable<string> CodesOf(string name, string source)
    {
        var pattern = name switch
        {
            "Refusal.cs" or "QuestionRefusals.cs" => Constant(),
            "ErrorReplies.cs" => Tuple(),
            _ => Refused(),
        };
        return pattern.Matches(source).Select(match => match.Groups["code"].Value);
    }

    // ApiProblem.Conflict("code", …), new ApiProblem(status, "code", …), new(StatusCodes.…, "code", …), new MediaException("code", …)
    [GeneratedRegex("""(?:ApiProblem\.\w+\(|new(?: ApiProblem)?\(StatusCodes\.\w+,|new MediaException\()\s*"(?<code>[a-z_]+)",""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refused();

    [GeneratedRegex("""const string \w+ = "(?<code>[a-z_]+)";""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constant();

    [GeneratedRegex("=> \\(\"(?<code>[a-z_]+)\", \"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tuple();

    [GeneratedRegex("""^  (?<key>[a-z_]+): ['"`]""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();
}
