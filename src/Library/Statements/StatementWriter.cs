using System.Globalization;
using System.Text.Json.Nodes;
using Classroom.Data;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Library.Statements;

/// <summary>
/// Writes xAPI statements (https://github.com/adlnet/xAPI-Spec, 1.0.3) into the outbox, in the caller's transaction: what happened is told,
/// what was rolled back is not. Who did it stands there by a pseudonym. Nothing is written where no store is configured. The caller saves.
/// </summary>
internal sealed class StatementWriter(ClassroomDb db, Pseudonyms pseudonyms, OutboxLevel level, IOptions<LibraryOptions> options, TimeProvider time)
{
    private const string QuestionType = "http://adlnet.gov/expapi/activities/cmi.interaction";
    private static readonly TimeSpan LongestAgo = TimeSpan.FromDays(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>What the viewer did with the film. A move that is told again has the same id again.</summary>
    public Task AddMovesAsync(Viewing viewing, IEnumerable<PlayerMove> moves, CancellationToken cancellationToken) => AddAsync(
        () => moves.Select(move => OfFilm(
            pseudonyms.Uuid("move", viewing.AccountId, viewing.CourseId, viewing.Session, move.Number.ToString(CultureInfo.InvariantCulture)),
            Enum.Parse<LearningVerb>(move.Kind.ToString()), viewing, VideoProfile.ResultOf(move, viewing), Now - Ago(move))),
        cancellationToken);

    /// <summary>The viewer has watched so much of the film that it counts as watched to its end.</summary>
    public Task AddCompletedAsync(Viewing viewing, long positionMs, CancellationToken cancellationToken) => AddAsync(
        () => [OfFilm(
            pseudonyms.Uuid("completed", viewing.AccountId, viewing.CourseId, viewing.Session),
            LearningVerb.Completed, viewing, VideoProfile.ResultOfCompletion(positionMs, viewing), Now)],
        cancellationToken);

    public Task AddAnsweredAsync(Caller caller, MicroCourse course, string questionId, bool isRight, CancellationToken cancellationToken) => AddAsync(
        () =>
        {
            var film = Activity(Address(course.Id), VideoProfile.ActivityType, course.Title);
            var question = Activity($"{Address(course.Id)}/questions/{questionId}", QuestionType, course.Title);
            var context = new JsonObject { ["contextActivities"] = new JsonObject { ["parent"] = new JsonArray(film) } };
            return [Statement(Guid.NewGuid().ToString(), LearningVerb.Answered, caller.AccountId, course.Id, question, new JsonObject { ["success"] = isRight }, context, Now)];
        },
        cancellationToken);

    private async Task AddAsync(Func<IEnumerable<LearningStatement>> write, CancellationToken cancellationToken)
    {
        if (options.Value.XapiEndpoint is null)
        {
            return;
        }

        var rows = write().DistinctBy(row => row.Id).ToList();
        var ids = rows.ConvertAll(row => row.Id);
        var known = await db.LearningStatements.Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        rows.RemoveAll(row => known.Contains(row.Id));
        if (level.TryTake(rows.Count))
        {
            db.LearningStatements.AddRange(rows);
        }
    }

    private LearningStatement OfFilm(string id, LearningVerb verb, Viewing viewing, JsonObject? result, DateTime at)
    {
        var context = VideoProfile.Context(verb, viewing, pseudonyms.Uuid("session", viewing.AccountId, viewing.CourseId, viewing.Session));
        return Statement(id, verb, viewing.AccountId, viewing.CourseId, Activity(Address(viewing.CourseId), VideoProfile.ActivityType, viewing.Title), result, context, at);
    }

    private LearningStatement Statement(string id, LearningVerb verb, string accountId, string courseId, JsonObject about, JsonObject? result, JsonObject context, DateTime at)
    {
        // All that a viewer ever does with a film is one registration: what was watched in it is what played-segments tells.
        context["registration"] = pseudonyms.Uuid("registration", accountId, courseId);
        var statement = new JsonObject
        {
            ["id"] = id,
            ["actor"] = new JsonObject { ["objectType"] = "Agent", ["account"] = new JsonObject { ["homePage"] = Home, ["name"] = pseudonyms.Of(accountId) } },
            ["verb"] = new JsonObject { ["id"] = verb.Uri(), ["display"] = new JsonObject { ["en"] = verb.Name() } },
            ["object"] = about,
            ["context"] = context,
            ["timestamp"] = at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        };
        if (result is not null)
        {
            statement["result"] = result;
        }

        return new LearningStatement { Id = id, Body = statement.ToJsonString(), CreatedAt = Now, DueAt = Now };
    }

    private static TimeSpan Ago(PlayerMove move) => TimeSpan.FromMilliseconds(Math.Clamp(move.AgoMs, 0, (long)LongestAgo.TotalMilliseconds));

    private static JsonObject Activity(string id, string type, string name) =>
        new() { ["objectType"] = "Activity", ["id"] = id, ["definition"] = new JsonObject { ["type"] = type, ["name"] = new JsonObject { ["zh-CN"] = name } } };

    /// <summary>Where a course is, were it public: the name of the film to everybody.</summary>
    private string Address(string courseId) => $"{Home}/c/{courseId}";

    /// <summary>The server's address, or a name that stands for it.</summary>
    private string Home => options.Value.PublicUrl is { Length: > 0 } url ? url : "https://classroom.invalid";
}
