using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Questions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Signaling.Lessons.Questions;

/// <summary>Preparing questions: for those who may plan the lesson, since the right answers are in them.</summary>
internal static class PreparedQuestionEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var questions = app.MapGroup("/api/lessons/{id}/questions").AddEndpointFilter(OnlyPlannersAsync);
        questions.MapGet("", ReadAsync);
        questions.MapPost("", AddAsync);
        questions.MapPut("order", OrderAsync);
        questions.MapPut("{question}", ChangeAsync);
        questions.MapPost("{question}/copy", CopyAsync);
        questions.MapDelete("{question}", DeleteAsync);
    }

    private static async Task<IResult> ReadAsync(string id, PreparedQuestions questions, CancellationToken ct) => Results.Ok(await questions.ReadAsync(id, ct));

    /// <summary>One or many, all or nothing: a pasted list is added at once.</summary>
    private static async Task<IResult> AddAsync(string id, QuestionDrafts added, HttpContext context, PreparedQuestions questions, CancellationToken ct)
    {
        if (added.Drafts is not { Length: > 0 } drafts || Array.Exists(drafts, draft => draft is null))
        {
            return ApiProblem.BadRequest(Live.Refusal.BadRequest, "Please give a list of questions.");
        }

        if (await questions.CountAsync(id, ct) + drafts.Length > PreparedQuestions.Most)
        {
            return ApiProblem.Conflict("too_many_questions", $"A lesson has at most {PreparedQuestions.Most} questions.");
        }

        var clean = Array.ConvertAll(drafts, QuestionRules.Clean);
        for (var place = 0; place < clean.Length; place++)
        {
            if (await questions.ComplaintsAsync(LessonOf(context), clean[place], ct) is { Count: > 0 } fields)
            {
                return BadQuestion([.. fields.Select(field => field with { Field = $"[{place}].{field.Field}" })]);
            }
        }

        return Results.Ok(await questions.AddAsync(id, clean, ct));
    }

    private static async Task<IResult> ChangeAsync(string id, string question, QuestionDraft draft, HttpContext context, PreparedQuestions questions, CancellationToken ct)
    {
        if (await questions.FindAsync(id, question, ct) is not { } found)
        {
            return NotFound();
        }

        var clean = QuestionRules.Clean(draft);
        return await questions.ComplaintsAsync(LessonOf(context), clean, ct) is { Count: > 0 } fields
            ? BadQuestion(fields)
            : Results.Ok(await questions.ChangeAsync(found, clean, ct));
    }

    private static async Task<IResult> CopyAsync(string id, string question, PreparedQuestions questions, CancellationToken ct)
    {
        if (await questions.FindAsync(id, question, ct) is not { } found)
        {
            return NotFound();
        }

        if (await questions.CountAsync(id, ct) >= PreparedQuestions.Most)
        {
            return ApiProblem.Conflict("too_many_questions", $"A lesson has at most {PreparedQuestions.Most} questions.");
        }

        await questions.CopyAsync(found, ct);
        return Results.Ok(await questions.ReadAsync(id, ct));
    }

    private static async Task<IResult> DeleteAsync(string id, string question, PreparedQuestions questions, CancellationToken ct)
    {
        if (await questions.FindAsync(id, question, ct) is not { } found)
        {
            return NotFound();
        }

        await questions.DeleteAsync(found, ct);
        return Results.Ok(await questions.ReadAsync(id, ct));
    }

    private static async Task<IResult> OrderAsync(string id, QuestionOrder order, PreparedQuestions questions, CancellationToken ct) =>
        order.Ids is not null && await questions.OrderAsync(id, order.Ids, ct)
            ? Results.Ok(await questions.ReadAsync(id, ct))
            : ApiProblem.Conflict("edit_conflict", "The questions were changed meanwhile. Please load them again.");

    private static ApiProblem NotFound() => ApiProblem.NotFound(QuestionRefusals.Unknown, "There is no such question.");

    private static ApiProblem BadQuestion(IReadOnlyList<ApiProblemField> fields) => ApiProblem.BadRequest("bad_question", fields[0].Message, fields);

    private static Lesson LessonOf(HttpContext context) => (Lesson)context.Items[typeof(Lesson)]!;

    private static async ValueTask<object?> OnlyPlannersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var (refused, lesson) = await LessonDoor.PlannedByAsync(http);
        if (lesson is { State: LessonState.Ended or LessonState.Cancelled } && !HttpMethods.IsGet(http.Request.Method))
        {
            return ApiProblem.Conflict("lesson_over", "This lesson is over.");
        }

        http.Items[typeof(Lesson)] = lesson;
        return refused ?? await next(context);
    }
}
