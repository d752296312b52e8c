using System.Text.Json;
using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Statements;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Library.Tests.Statements;

public sealed class SqliteStatementTests() : StatementTests(TestProvider.Sqlite);

public sealed class PostgresStatementTests() : StatementTests(TestProvider.Postgres);

/// <summary>A film of twenty seconds with a question, and a store that has it told.</summary>
public abstract class StatementTests(TestProvider provider) : IAsyncLifetime
{
    private const string Extension = "https://w3id.org/xapi/video/extensions/";

    /// <summary>What one viewing is told with (<see cref="WatchAsync"/>).</summary>
    private static readonly string[] s_told = ["initialized", "played", "paused", "answered", "seeked", "played", "terminated", "completed"];

    private RecordStore _store = null!;
    private LibraryWorld _world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await RecordStore.StartAsync();
        _world = await LibraryWorld.CreateAsync(provider, library => (library.XapiEndpoint, library.XapiKey, library.XapiSecret, library.PseudonymKey) = (_store.Address, "key", "secret", new byte[32]));
        await using var db = _world.Database.Create();
        var course = WorldRows.AddPublished(db, "course", "方程的意义", _world.Time.UtcNow);
        course.EditJson = new EditList([new EditClip(0, 20_000, EditLayout.Single, [WorldRows.CloseUp])]).ToJson();
        course.Questions = [new() { MicroCourseId = "course", Id = "q1", AtMs = 5_000, Kind = QuestionKind.TrueFalse, Text = "x=1 是方程", Answer = "{\"choices\":[0]}" }];
        await db.SaveChangesAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_a_viewer_does_is_told_as_the_video_profile_wants_it()
    {
        await WatchAsync();

        Assert.Equal((8, 0), (await SendAsync(), await WaitingAsync()));
        Assert.Equal(s_told, _store.Statements.Select(RecordStore.Verb));
        Assert.Equal(1, _store.Requests);
        Assert.Equal(0, Result(1, "time").GetDouble());
        Assert.Equal((9, 0.45, "0[.]9"), (Result(2, "time").GetDouble(), Result(2, "progress").GetDouble(), Result(2, "played-segments").GetString()));
        Assert.Equal((9, 10), (Result(4, "time-from").GetDouble(), Result(4, "time-to").GetDouble()));
        Assert.Equal("0[.]9[,]10[.]20", Result(6, "played-segments").GetString());
        Assert.True(_store.Statements[7].GetProperty("result").GetProperty("completion").GetBoolean());
        Assert.Equal("PT19S", _store.Statements[7].GetProperty("result").GetProperty("duration").GetString());
        Assert.False(_store.Statements[3].GetProperty("result").GetProperty("success").GetBoolean());
        Assert.EndsWith("/c/course/questions/q1", _store.Statements[3].GetProperty("object").GetProperty("id").GetString(), StringComparison.Ordinal);

        var film = _store.Statements.Where(statement => RecordStore.Verb(statement) != "answered").ToList();
        Assert.All(film, statement => Assert.Equal("https://w3id.org/xapi/video", statement.GetProperty("context").GetProperty("contextActivities").GetProperty("category")[0].GetProperty("id").GetString()));
        Assert.Single(film.Select(statement => statement.GetProperty("context").GetProperty("extensions").GetProperty(Extension + "session-id").GetGuid()).Distinct());
        Assert.Equal(20, film[0].GetProperty("context").GetProperty("extensions").GetProperty(Extension + "length").GetDouble());
        Assert.Equal(TimeSpan.FromSeconds(9), film[2].GetProperty("timestamp").GetDateTime() - film[1].GetProperty("timestamp").GetDateTime());
    }

    [Fact]
    public async Task Who_it_was_stands_there_by_a_pseudonym_that_is_the_same_each_time()
    {
        await WatchAsync();
        await _world.As("teacher").StatusAsync(HttpMethod.Post, "/api/courses/course/answers", new FilmAnswerGiven("q1", new FilmAnswer([0])));
        await SendAsync();

        var names = _store.Statements.ConvertAll(statement => statement.GetProperty("actor").GetProperty("account").GetProperty("name").GetString()!);
        Assert.Equal(2, names.Distinct().Count());
        Assert.Single(names[..8].Distinct());
        Assert.All(names, name => Assert.Equal(32, name.Length));
        foreach (var told in (string[])["student", "teacher", "王子涵", "张老师", "session-of-a-page"])
        {
            Assert.All(_store.Statements, statement => Assert.DoesNotContain(told, JsonSerializer.Serialize(statement, LibraryWorld.Json), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task While_the_store_is_away_statements_wait_with_growing_pauses_and_none_is_lost()
    {
        _store.Trouble = _ => Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        await WatchAsync();

        await Expect(requests: 1, after: 0);
        await Expect(requests: 1, after: 9);
        await Expect(requests: 2, after: 1);
        await Expect(requests: 2, after: 19);
        _store.Trouble = http =>
        {
            http.Abort();
            return Results.Empty;
        };
        await Expect(requests: 3, after: 1);
        _store.Trouble = _ => Results.Unauthorized();
        await Expect(requests: 4, after: 40);

        _store.Trouble = _ => null;
        _world.Time.Advance(TimeSpan.FromSeconds(80));
        Assert.Equal((8, 0), (await SendAsync(), await WaitingAsync()));
        Assert.Equal(s_told, _store.Statements.Select(RecordStore.Verb));

        async Task Expect(int requests, int after)
        {
            _world.Time.Advance(TimeSpan.FromSeconds(after));
            Assert.Equal((0, 8, requests), (await SendAsync(), await WaitingAsync(), _store.Requests));
        }
    }

    [Fact]
    public async Task A_store_that_says_when_to_ask_again_is_not_asked_before()
    {
        _store.Trouble = http =>
        {
            http.Response.Headers.RetryAfter = "120";
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        };
        await WatchAsync();
        await SendAsync();

        _store.Trouble = _ => null;
        _world.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal((0, 1), (await SendAsync(), _store.Requests));
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(8, await SendAsync());
    }

    [Fact]
    public async Task A_statement_that_the_store_refuses_for_good_does_not_hold_up_the_others()
    {
        _store.Refuses = "played";
        await WatchAsync();

        Assert.Equal((6, 0), (await SendAsync(), await WaitingAsync()));
        Assert.Equal(s_told.Where(verb => verb != "played"), _store.Statements.Select(RecordStore.Verb));

        var sender = _world.Service<StatementSender>();
        await sender.TidyAsync(Cancel);
        Assert.Equal(2, await _world.ReadAsync(db => db.LearningStatements.CountAsync(row => row.RefusedAt != null, Cancel)));
        _world.Time.Advance(TimeSpan.FromDays(31));
        await sender.TidyAsync(Cancel);
        Assert.Equal(0, await _world.ReadAsync(db => db.LearningStatements.CountAsync(Cancel)));
    }

    [Fact]
    public async Task An_answer_that_was_lost_on_the_way_makes_nothing_double()
    {
        await WatchAsync();
        _store.LosesAnswers = true;
        Assert.Equal((0, 8), (await SendAsync(), await WaitingAsync()));

        _store.LosesAnswers = false;
        _world.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((8, 0), (await SendAsync(), await WaitingAsync()));
        Assert.Equal(8, _store.Statements.Count);
    }

    [Fact]
    public async Task Two_processes_send_nothing_twice()
    {
        await WatchAsync();
        using var client = new RecordStoreClient(_world.Service<Microsoft.Extensions.Options.IOptions<LibraryOptions>>());
        var other = new StatementSender(_world.Database, client, new OutboxLevel(), _world.Time, NullLogger<StatementSender>.Instance);

        var sent = await Task.WhenAll(Task.Run(SendAsync, Cancel), Task.Run(() => other.SendDueAsync(Cancel), Cancel));

        Assert.Equal((8, 1), (sent.Sum(), _store.Requests));
    }

    [Fact]
    public async Task A_full_outbox_leaves_statements_out_and_keeps_nobody_from_learning()
    {
        _world.Service<OutboxLevel>().Counted(OutboxLevel.Most);
        await WatchAsync();

        Assert.Equal(0, await WaitingAsync());
        Assert.Equal(19, await _world.ReadAsync(db => db.CourseWatches.Select(watch => watch.WatchedSeconds).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task Moves_that_are_told_again_or_faster_than_a_hand_can_move_are_not_told_on()
    {
        PlayerMove[] moves = [Move(0, PlayerMoveKind.Initialized, 0), Move(1, PlayerMoveKind.Played, 0)];
        Assert.Equal(204, await ReportAsync([], moves));
        Assert.Equal(204, await ReportAsync([], [.. Enumerable.Range(2, 40).Select(number => Move(number, PlayerMoveKind.Seeked, 0))]));
        _world.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(204, await ReportAsync([], [.. moves, Move(42, PlayerMoveKind.Paused, 7_000)]));

        Assert.Equal(3, await SendAsync());
        Assert.Equal(["initialized", "played", "paused"], _store.Statements.Select(RecordStore.Verb));
    }

    [Fact]
    public async Task Reports_of_moves_that_make_no_sense_are_refused()
    {
        Assert.Equal(400, await ReportAsync([], [.. Enumerable.Repeat(Move(0, PlayerMoveKind.Played, 0), 61)]));
        Assert.Equal(400, await ReportAsync([], [Move(0, (PlayerMoveKind)99, 0)]));
        Assert.Equal(400, await ReportAsync([], [null!]));
        Assert.Equal(400, await ReportAsync([], [], session: new string('x', 65)));
        Assert.Equal(0, await WaitingAsync());
    }

    private async Task WatchAsync()
    {
        Assert.Equal(204, await ReportAsync([new(0, 9_000)], [Move(0, PlayerMoveKind.Initialized, 0, ago: 9_000), Move(1, PlayerMoveKind.Played, 0, ago: 9_000), Move(2, PlayerMoveKind.Paused, 9_000)]));
        _world.Time.Advance(TimeSpan.FromSeconds(15));
        await _world.As("student").PostAsync<FilmAnswerJudged>("/api/courses/course/answers", new FilmAnswerGiven("q1", new FilmAnswer([1])));
        Assert.Equal(204, await ReportAsync([new(10_000, 20_000)], [Move(3, PlayerMoveKind.Seeked, 10_000, from: 9_000), Move(4, PlayerMoveKind.Played, 10_000), Move(5, PlayerMoveKind.Terminated, 20_000)]));
    }

    private static PlayerMove Move(int number, PlayerMoveKind kind, long at, long from = 0, long ago = 0) => new(number, kind, at, from, ago);

    private Task<int> ReportAsync(WatchedPart[] parts, PlayerMove[] moves, string session = "session-of-a-page") =>
        _world.As("student").StatusAsync(HttpMethod.Post, "/api/courses/course/watched", new WatchReport(20_000, parts, session, moves));

    private JsonElement Result(int statement, string extension) => _store.Statements[statement].GetProperty("result").GetProperty("extensions").GetProperty(Extension + extension);

    private Task<int> SendAsync() => _world.Service<StatementSender>().SendDueAsync(Cancel);

    private Task<int> WaitingAsync() => _world.ReadAsync(db => db.LearningStatements.CountAsync(row => row.RefusedAt == null, Cancel));
}
