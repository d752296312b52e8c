using Classroom.Library.Search;

namespace Classroom.Library.Tests.Search;

public sealed class CourseGramsTests
{
    [Theory]
    [InlineData("二次函数", "二次 次函 函数 数")]
    [InlineData("函", "函")]
    [InlineData("Unit 1 What's he like?", "unit 1 what s he like")]
    [InlineData("形如x±a=b的方程", "形如 如 x a b 的方 方程 程")]
    [InlineData("ＡＢＣ　１２３", "abc 123")]
    [InlineData("第①课 Ⅳ级", "第 1 课 iv 级")]
    [InlineData("Café cafe\u0301", "cafe cafe")]
    [InlineData("……！？", "")]
    public void Texts_are_cut_into_pairs_and_words(string text, string tokens) =>
        Assert.Equal(tokens, string.Join(' ', CourseGrams.Tokens(text)));

    [Theory]
    [InlineData("函数", "函数")]
    [InlineData("函", "函*")]
    [InlineData("一次函数 abc", "一次+次函+函数 & abc")]
    [InlineData("，。", "")]
    public void Queries_ask_for_pairs_in_a_row_words_and_single_characters_by_prefix(string query, string phrases) =>
        Assert.Equal(phrases, string.Join(" & ", CourseGrams.Phrases(query).Select(phrase => string.Join('+', phrase.Tokens) + (phrase.IsPrefix ? "*" : ""))));

    [Fact]
    public void Characters_newer_than_the_tokenizer_of_sqlite_are_spelled_by_number() =>
        Assert.Equal(["u20bb7课", "课"], CourseGrams.Tokens("𠮷课"));
}
