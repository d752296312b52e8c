using Classroom.Data;
using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;
using Classroom.Library.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Library.Drafts;

/// <summary>Saves an edited draft, unless somebody else has saved it since it was loaded.</summary>
internal sealed class DraftSaver(
    ClassroomDb db, CatalogueTrees trees, CourseLoader loader, DraftReader reader, ICourseCovers covers, IOptions<LibraryOptions> options, TimeProvider time)
{
    private readonly DraftRules _rules = new(options.Value);

    public async Task<Reply<CourseDraft>> SaveAsync(string id, CourseSave save, Caller caller, CancellationToken cancellationToken)
    {
        save = WithoutNulls(save);

        // On SQLite the transaction takes the write lock at once; on PostgreSQL the update below waits for the row. Either way one of two saves loses.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await loader.LoadAsync(id, caller, CourseRights.MayEdit, cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        if (course.State is CourseState.InReview or CourseState.Published)
        {
            return Problems.NotNow(course.State);
        }

        var claimed = await db.MicroCourses.Where(row => row.Id == id && row.EditVersion == save.EditVersion && row.State == course.State)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EditVersion, row => row.EditVersion + 1), cancellationToken);
        if (claimed == 0)
        {
            return Problems.EditConflict;
        }

        if (_rules.Check(save, await ContextAsync(course, save, cancellationToken)) is { Count: > 0 } wrong)
        {
            return Problems.Invalid(wrong);
        }

        if (IsAnotherFilm(course, save))
        {
            if (CourseFlow.Next(course.State, CourseEvent.Recut) is not { } next)
            {
                return Problems.NotNow(course.State);
            }

            (course.EditJson, course.State) = (save.Edit.ToJson(), next);
        }

        await ApplyAsync(course, save, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await reader.ReadAsync(course, cancellationToken);
    }

    /// <summary>What is cut has changed, or words that stand in the film itself.</summary>
    private static bool IsAnotherFilm(MicroCourse course, CourseSave save) =>
        !EditList.Parse(course.EditJson).IsSameAs(save.Edit)
        || (save.Edit.HasCards() && (course.Title != save.Title.Trim() || course.NodeId != save.NodeId));

    /// <summary>Fields that a client left out arrive as null, whatever the types say.</summary>
    private static CourseSave WithoutNulls(CourseSave save) => save with
    {
        Title = save.Title ?? "",
        Description = save.Description ?? "",
        Edit = (save.Edit ?? EditList.Empty).WithoutNulls(),
        PointIds = save.PointIds ?? [],
        Chapters = [.. (save.Chapters ?? []).Select(chapter => chapter with { Title = chapter.Title ?? "" })],
        Questions = save.Questions is null ? null : [.. save.Questions.Select(question => question with
        {
            Id = question.Id ?? "", Text = question.Text ?? "", Choices = question.Choices ?? [], Answer = question.Answer ?? new FilmAnswer(), Explanation = question.Explanation ?? "",
        })],
        Cues = save.Cues is null ? null : [.. save.Cues.Select(cue => cue with { Text = cue.Text ?? "" })],
    };

    private async Task<DraftContext> ContextAsync(MicroCourse course, CourseSave save, CancellationToken cancellationToken)
    {
        var recording = await db.Recordings.AsNoTracking().Include(recording => recording.Tracks)
            .FirstOrDefaultAsync(recording => recording.LessonId == course.LessonId, cancellationToken);
        var known = await db.KnowledgePoints.Where(point => save.PointIds.Contains(point.Id)).Select(point => point.Id).ToListAsync(cancellationToken);
        var tree = await trees.GetAsync(db, cancellationToken);
        return new DraftContext(
            recording is null ? new HashSet<string>() : CourseCutter.Seats(recording),
            recording is null ? new HashSet<string>() : CourseCutter.Sounds(recording),
            recording?.DurationMs ?? 0,
            save.NodeId is null || tree.Find(save.NodeId) is not null,
            [.. save.PointIds.Except(known, StringComparer.Ordinal)],
            save.Edit.Cover?.File is not { } cover || await covers.ExistsAsync(course.Id, cover, cancellationToken));
    }

    private async Task ApplyAsync(MicroCourse course, CourseSave save, CancellationToken cancellationToken)
    {
        var tree = await trees.GetAsync(db, cancellationToken);
        (course.Title, course.Description, course.Type) = (save.Title.Trim(), save.Description.Trim(), save.Type);
        (course.NodeId, course.UpdatedAt) = (save.NodeId is null ? null : tree.Find(save.NodeId)!.Id, time.GetUtcNow().UtcDateTime);
        course.EditVersion = save.EditVersion + 1;

        var wanted = save.PointIds.ToHashSet(StringComparer.Ordinal);
        course.Points.RemoveAll(link => !wanted.Contains(link.KnowledgePointId));
        var present = course.Points.Select(link => link.KnowledgePointId).ToHashSet(StringComparer.Ordinal);
        foreach (var pointId in wanted.Except(present, StringComparer.Ordinal))
        {
            var point = await db.KnowledgePoints.FirstAsync(point => point.Id == pointId, cancellationToken);
            course.Points.Add(new MicroCoursePoint { MicroCourseId = course.Id, KnowledgePointId = pointId, KnowledgePoint = point });
        }

        if (!DraftReader.Chapters(course).SequenceEqual(save.Chapters))
        {
            course.Chapters.Clear();
            course.Chapters.AddRange(save.Chapters.Select(chapter => new CourseChapter { MicroCourseId = course.Id, AtMs = chapter.AtMs, Title = chapter.Title.Trim() }));
        }

        ApplyCues(course, save);
        if (save.Questions is { } questions)
        {
            FilmQuestions.Apply(course, questions);
        }
    }

    private static void ApplyCues(MicroCourse course, CourseSave save)
    {
        if (save.Cues is { } cues && !DraftReader.Cues(course).SequenceEqual(cues))
        {
            course.Cues.Clear();
            course.Cues.AddRange(cues.Select(cue => new CourseCue { MicroCourseId = course.Id, FromMs = cue.FromMs, ToMs = cue.ToMs, Text = cue.Text.Trim() }));
        }
    }
}
