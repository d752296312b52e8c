using System.Globalization;
using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Lessons;
using Classroom.Signaling.Live;
using Classroom.Signaling.Live.Notes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Observation;

/// <summary>Notes of observers: for those who may observe the lesson, and for its teacher when it is over. Never for pupils.</summary>
internal static class NoteEndpoints
{
    private static readonly string[] Chinese = ["时间", "听课人", "维度", "条目", "得分", "满分", "记录"];
    private static readonly string[] English = ["Time", "Observer", "Dimension", "Item", "Score", "Out of", "Note"];

    public static void Map(IEndpointRouteBuilder app)
    {
        var notes = app.MapGroup("/api/lessons/{id}");
        notes.MapGet("notes", ListAsync);
        notes.MapPost("notes", WriteAsync);
        notes.MapDelete("notes/{noteId}", RemoveAsync);
        notes.MapGet("notes.csv", ExportAsync);
    }

    private static async Task<IResult> ListAsync(string id, HttpContext context, ClassroomDb db, NoteStore store, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        return await FindAsync(id, caller, db, ct) is { } lesson ? Results.Ok(await ReplyAsync(lesson, caller, store, ct)) : LessonEndpoints.NotFound();
    }

    private static async Task<IResult> WriteAsync(string id, NoteDraft draft, HttpContext context, ClassroomDb db, NoteStore store, Rubrics rubrics, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        if (await FindAsync(id, caller, db, ct) is not { } lesson)
        {
            return LessonEndpoints.NotFound();
        }

        if (!MayWrite(caller, lesson))
        {
            return LessonEndpoints.NotAllowed();
        }

        if (lesson is not { StartedAt: { } started, State: LessonState.Live or LessonState.Ended })
        {
            return ApiProblem.Conflict("not_live", "Notes are written on a lesson that is held or was held.");
        }

        var name = await db.Accounts.Where(account => account.Id == caller.AccountId).Select(account => account.DisplayName).FirstAsync(ct);
        var longest = lesson.EndedAt is { } ended ? (long)(ended - started).TotalMilliseconds : long.MaxValue;
        var note = draft.At is >= 0 and { } at && at <= longest ? await ComposeAsync(draft, at, caller, name, rubrics, ct) : null;
        if (note is null)
        {
            return ApiProblem.BadRequest("bad_note", "A note names an item of the rubric or says something, at a moment of the lesson.");
        }

        await store.AddAsync(lesson, caller.AccountId, NoteEvents.Note, note, ct);
        return Results.Ok(await ReplyAsync(lesson, caller, store, ct));
    }

    private static async Task<IResult> RemoveAsync(string id, string noteId, HttpContext context, ClassroomDb db, NoteStore store, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        if (await FindAsync(id, caller, db, ct) is not { } lesson
            || !(await store.ReadAsync(id, ct)).Any(stored => stored.Note.NoteId == noteId && stored.Note.AccountId == caller.AccountId))
        {
            return ApiProblem.NotFound("not_found", "There is no such note of yours.");
        }

        await store.AddAsync(lesson, caller.AccountId, NoteEvents.NoteGone, new NoteGoneBody(noteId), ct);
        return Results.Ok(await ReplyAsync(lesson, caller, store, ct));
    }

    private static async Task<IResult> ExportAsync(string id, string? lang, HttpContext context, ClassroomDb db, NoteStore store, CancellationToken ct)
    {
        if (await FindAsync(id, Caller.From(context.User)!, db, ct) is not { } lesson)
        {
            return LessonEndpoints.NotFound();
        }

        var rows = (await store.ReadAsync(id, ct)).Select(stored => ToCells(stored.Note)).Prepend(lang == "en" ? English : Chinese);
        return CsvTable.File($"notes-{lesson.PlannedStart:yyyyMMdd}.csv", rows);
    }

    /// <summary>The lesson, if its notes are the caller's to read.</summary>
    private static async Task<Lesson?> FindAsync(string id, Caller caller, ClassroomDb db, CancellationToken ct)
    {
        var lesson = await LessonEndpoints.FindVisibleAsync(id, caller, db, ct);
        return lesson is not null && (MayWrite(caller, lesson) || (LessonRights.IsTaughtBy(caller, lesson) && lesson.State == LessonState.Ended)) ? lesson : null;
    }

    private static bool MayWrite(Caller caller, Lesson lesson) => LessonRights.MayEnter(caller, lesson, LessonRole.Observer);

    private static async Task<NoteBody?> ComposeAsync(NoteDraft draft, long at, Caller caller, string name, Rubrics rubrics, CancellationToken ct)
    {
        try
        {
            return NoteRules.Compose(draft, await rubrics.ChooseAsync(draft, ct), Ids.New(), caller.AccountId, name, at);
        }
        catch (Refusal)
        {
            return null;
        }
    }

    private static async Task<NotesReply> ReplyAsync(Lesson lesson, Caller caller, NoteStore store, CancellationToken ct)
    {
        var notes = (await store.ReadAsync(lesson.Id, ct)).Select(stored => stored.Note).ToList();
        var rows = notes.Select(note => new NoteRow(
            note.NoteId, note.Name, note.AccountId == caller.AccountId, note.At, note.RubricId, note.ItemId, note.Group, note.Item, note.Score, note.MaxScore, note.Text));
        var summary = notes.Where(note => note.ItemId is not null).GroupBy(note => (note.RubricId, note.ItemId)).Select(Summarize);
        return new NotesReply([.. rows], [.. summary], MayWrite(caller, lesson));
    }

    private static NoteSummary Summarize(IEnumerable<NoteBody> notes)
    {
        var last = notes.Last();
        return new NoteSummary(last.ItemId!, last.Group ?? "", last.Item ?? "", notes.Count(), notes.Average(note => (double?)note.Score), last.MaxScore);
    }

    private static string?[] ToCells(NoteBody note) =>
    [
        $"{note.At / 60_000}:{note.At / 1000 % 60:00}", note.Name, note.Group, note.Item,
        note.Score?.ToString(CultureInfo.InvariantCulture), note.MaxScore?.ToString(CultureInfo.InvariantCulture), note.Text,
    ];
}
