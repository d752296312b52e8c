using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Questions;

namespace Classroom.Signaling.Tests.Live.Questions;

public sealed class JudgingTests
{
    [Theory]
    [InlineData("2,0", true)]
    [InlineData("0", false)]
    [InlineData("0,1,2", false)]
    public void All_right_choices_and_no_other_are_right(string given, bool isRight) =>
        Assert.Equal(isRight, Judging.IsRight(QuestionKind.Multiple, new RightAnswer(Choices: [0, 2]), new AnswerValue(Choices: [.. given.Split(',').Select(int.Parse)])));

    [Theory]
    [InlineData(3.14, true)]
    [InlineData(3.24, true)]
    [InlineData(3.04, true)]
    [InlineData(3.25, false)]
    public void A_number_may_be_off_by_the_tolerance(double given, bool isRight) =>
        Assert.Equal(isRight, Judging.IsRight(QuestionKind.Number, new RightAnswer(Number: 3.14, Tolerance: 0.1), new AnswerValue(Number: given)));

    [Theory]
    [InlineData(" Ｈ２Ｏ。", true)]
    [InlineData("水", true)]
    [InlineData("氢", false)]
    public void A_text_is_right_in_any_accepted_wording_whatever_its_width_and_case(string given, bool isRight) =>
        Assert.Equal(isRight, Judging.IsRight(QuestionKind.Text, new RightAnswer(Texts: ["h2o", "水"]), new AnswerValue(Text: given)));

    [Fact]
    public void Without_a_right_answer_nothing_is_right_or_wrong() =>
        Assert.Null(Judging.IsRight(QuestionKind.Single, null, new AnswerValue(Choices: [0])));
}
