using System.Text.Encodings.Web;
using System.Text.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Tests.Live.Questions;

/// <summary>Questions as tests ask them, and what they look for in events.</summary>
internal static class Asking
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Which of four; the third is right; two points.</summary>
    public static QuestionDraft Which(int seconds = 0) =>
        new(QuestionKind.Single, "3/4 和 0.75，哪个大？", ["3/4", "0.75", "一样大", "不能比"], new RightAnswer(Choices: [2]), seconds, 2, null);

    public static QuestionDraft Of(QuestionKind kind, RightAnswer? right = null) =>
        new(kind, "题目", kind is QuestionKind.Single or QuestionKind.Multiple ? ["甲", "乙", "丙"] : [], right, 0, 1, null);

    public static AnswerValue Choice(params int[] places) => new(Choices: places);

    /// <summary>Asks, and gives the question's id.</summary>
    public static async Task<string> AskAsync(this Page teacher, QuestionDraft draft)
    {
        var ack = await teacher.DoAsync("AskQuestion", draft, null);
        await teacher.CatchUpAsync(ack.Seq);
        return teacher.Events.Find(e => e.Seq == ack.Seq)!.Body.GetProperty("questionId").GetString()!;
    }

    public static Task<Ack> AnswerAsync(this Page student, string questionId, AnswerValue value) => student.DoAsync("AnswerQuestion", questionId, value);

    /// <summary>The last event of a kind that is about this question.</summary>
    public static async Task<JsonElement> SeesOfAsync(this Page page, string kind, string questionId) =>
        (await page.SeesAsync(kind, body => body.GetProperty("questionId").GetString() == questionId)).Body;

    /// <summary>Everything that the server has told this page, as it came.</summary>
    public static string Told(this Page page) => JsonSerializer.Serialize(page.Events, Readable);
}
