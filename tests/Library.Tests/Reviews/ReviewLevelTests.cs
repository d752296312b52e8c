using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Tests.Reviews;

public sealed class SqliteReviewLevelTests() : ReviewLevelTests(TestProvider.Sqlite);

public sealed class PostgresReviewLevelTests() : ReviewLevelTests(TestProvider.Postgres);

/// <summary>Three levels, each with a reviewer of its own, and reviewers of elsewhere.</summary>
public abstract class ReviewLevelTests(TestProvider provider) : IAsyncLifetime
{
    private static readonly ReviewRequest Approve = new(ReviewDecision.Approved, "");
    private static readonly ReviewRequest Return = new(ReviewDecision.Returned, "声音太小");

    private LibraryWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await LibraryWorld.CreateAsync(provider, options => options.ReviewLevels = 2);
        await using var db = _world.Database.Create();
        db.Regions.Add(new Region { Id = "elsewhere", Name = "别处" });
        db.Accounts.AddRange(
            Reviewer("district", "region", null, "数学"), Reviewer("city", null, null, null),
            Reviewer("other-school", null, "songtao", null), Reviewer("other-region", "elsewhere", null, null), Reviewer("chinese", "region", null, "语文"));
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_course_is_published_when_the_last_needed_level_approves()
    {
        var id = await SubmittedAsync();

        Assert.Equal(CourseState.InReview, (await ReviewAsync("reviewer", id, Approve)).State);
        Assert.Equal(403, await _world.As("reviewer").StatusAsync(HttpMethod.Post, $"/api/courses/{id}/review", Approve));
        Assert.Equal(CourseState.Published, (await ReviewAsync("district", id, Approve)).State);

        var draft = await _world.As("editor").GetAsync<CourseDraft>($"/api/courses/{id}/draft");
        Assert.Equal([ReviewLevel.District, ReviewLevel.School], draft.Reviews.Select(review => review.Level).Order().Reverse());
        Assert.Equal(id, Assert.Single((await _world.As("student").GetAsync<CoursePage>("/api/courses?level=District")).Cards).Id);
    }

    [Theory]
    [InlineData("other-school")]
    [InlineData("other-region")]
    [InlineData("chinese")]
    public async Task Who_reviews_another_school_region_or_subject_neither_sees_nor_decides(string account)
    {
        var id = await SubmittedAsync();

        Assert.Empty((await _world.As(account).GetAsync<ReviewQueue>("/api/reviews")).Waiting);
        Assert.Equal("out_of_scope", (await _world.As(account).RefusalAsync(HttpMethod.Post, $"/api/courses/{id}/review", Approve)).Code);
        foreach (var path in new[] { "play", "draft", "comments", "statistics" })
        {
            Assert.Equal(403, await _world.As(account).StatusAsync(HttpMethod.Get, $"/api/courses/{id}/{path}"));
        }
    }

    [Fact]
    public async Task A_higher_level_returns_with_a_reason_and_the_next_round_begins_at_the_school()
    {
        var id = await SubmittedAsync();
        await ReviewAsync("reviewer", id, Approve);

        Assert.Equal(CourseState.Returned, (await ReviewAsync("district", id, Return)).State);
        await _world.As("editor").PostAsync<CourseMoved>($"/api/courses/{id}/submit");

        Assert.Equal(ReviewLevel.School, Assert.Single((await _world.As("reviewer").GetAsync<ReviewQueue>("/api/reviews")).Waiting).Level);
        Assert.Equal(2, (await _world.As("editor").GetAsync<CourseDraft>($"/api/courses/{id}/draft")).Reviews.Length);
    }

    [Fact]
    public async Task A_published_course_put_forward_for_the_city_stays_published_whatever_the_city_says()
    {
        var id = await PublishedAsync();

        await _world.As("editor").PostAsync<CourseMoved>($"/api/courses/{id}/nominate");
        Assert.Equal("not_nominated", (await _world.As("editor").RefusalAsync(HttpMethod.Post, $"/api/courses/{id}/nominate")).Code);
        Assert.Equal(403, await _world.As("district").StatusAsync(HttpMethod.Post, $"/api/courses/{id}/review", Approve));
        Assert.Equal(CourseState.Published, (await ReviewAsync("city", id, Return)).State);
        Assert.Equal(ReviewLevel.District, Assert.Single((await FindAsync("")).Cards).Level);

        await _world.As("editor").PostAsync<CourseMoved>($"/api/courses/{id}/nominate");
        Assert.Equal(CourseState.Published, (await ReviewAsync("city", id, Approve)).State);
        Assert.Equal(ReviewLevel.City, Assert.Single((await FindAsync("level=City")).Cards).Level);
    }

    [Fact]
    public async Task Comments_are_pinned_to_the_film_and_ticked_off_by_the_other_side()
    {
        var id = await SubmittedAsync();
        await _world.As("reviewer").PostAsync<CommentInfo[]>($"/api/courses/{id}/comments", new CommentAdd(12_000, "字幕有错字"));
        await _world.As("district").PostAsync<CommentInfo[]>($"/api/courses/{id}/comments", new CommentAdd(null, "片头太长"));

        var comments = await _world.As("editor").GetAsync<CommentInfo[]>($"/api/courses/{id}/comments");
        Assert.Equal(["片头太长", "字幕有错字"], comments.Select(comment => comment.Text));
        Assert.Equal((12_000, "教研员", false), (comments[1].AtMs, comments[1].By, comments[1].IsMine));
        comments = await _world.As("editor").PutAsync<CommentInfo[]>($"/api/courses/{id}/comments/{comments[1].Id}", new CommentTick(IsDone: true));
        Assert.True(comments[1].IsDone);
        Assert.Equal(403, await _world.As("student").StatusAsync(HttpMethod.Get, $"/api/courses/{id}/comments"));
        Assert.Equal("invalid", (await _world.As("reviewer").RefusalAsync(HttpMethod.Post, $"/api/courses/{id}/comments", new CommentAdd(0, " "))).Code);
    }

    [Fact]
    public async Task Awards_tell_where_they_come_from_and_the_highest_is_shown()
    {
        var id = await PublishedAsync();
        var award = new AwardAdd(AwardLevel.District, "2026 年微课评选", "园区教育局", 2026, "园微 017");
        Assert.Equal(403, await _world.As("reviewer").StatusAsync(HttpMethod.Post, $"/api/courses/{id}/awards", award));
        Assert.Equal(403, await _world.As("other-region").StatusAsync(HttpMethod.Post, $"/api/courses/{id}/awards", award));
        Assert.Equal(["activity", "issuer", "year"], (await _world.As("district").RefusalAsync(HttpMethod.Post, $"/api/courses/{id}/awards", new AwardAdd(AwardLevel.City, "", " ", 1800, ""))).Fields);

        await _world.As("district").PostAsync<AwardInfo[]>($"/api/courses/{id}/awards", award);
        var awards = await _world.As("district").PostAsync<AwardInfo[]>($"/api/courses/{id}/awards", award with { Level = AwardLevel.Province, Year = 2025 });

        Assert.Equal(("2026 年微课评选", "园区教育局", "园微 017"), (awards[0].Activity, awards[0].Issuer, awards[0].Certificate));
        Assert.Equal(AwardLevel.Province, Assert.Single((await FindAsync("award=Province")).Cards).Award);
        await _world.As("admin").StatusAsync(HttpMethod.Delete, $"/api/courses/{id}/awards/{awards[1].Id}");
        Assert.Equal(AwardLevel.District, Assert.Single((await FindAsync("award=District")).Cards).Award);
    }

    [Fact]
    public async Task The_bell_tells_reviewers_of_work_and_authors_of_decisions()
    {
        var id = await SubmittedAsync();
        Assert.Equal([NotificationKind.ReviewWaits], await BellAsync("reviewer"));
        foreach (var account in new[] { "other-school", "other-region", "chinese", "student" })
        {
            Assert.Empty(await BellAsync(account));
        }

        await ReviewAsync("reviewer", id, Approve);
        await ReviewAsync("district", id, Return);

        Assert.Equal([NotificationKind.CourseApproved, NotificationKind.CourseReturned], (await BellAsync("editor")).Order());
        Assert.Equal([NotificationKind.CourseApproved, NotificationKind.CourseReturned], (await BellAsync("teacher")).Order());
        var bell = await _world.As("teacher").GetAsync<NotificationList>("/api/notifications");
        Assert.Equal((2, "声音太小"), (bell.Unread, bell.Items.Single(item => item.Kind == NotificationKind.CourseReturned).Words));
        Assert.Equal(204, await _world.As("teacher").StatusAsync(HttpMethod.Post, "/api/notifications/read"));
        Assert.Equal(0, (await _world.As("teacher").GetAsync<NotificationList>("/api/notifications")).Unread);
        Assert.Equal(2, (await _world.As("editor").GetAsync<NotificationList>("/api/notifications")).Unread);
    }

    private static Account Reviewer(string id, string? regionId, string? schoolId, string? subject) => new()
    {
        Id = id,
        UserName = id,
        DisplayName = id,
        Role = AccountRole.Reviewer,
        RegionId = regionId,
        SchoolId = schoolId,
        Subject = subject,
        CreatedAt = DateTime.UnixEpoch,
    };

    private async Task<NotificationKind[]> BellAsync(string account) =>
        [.. (await _world.As(account).GetAsync<NotificationList>("/api/notifications")).Items.Select(item => item.Kind)];

    private Task<CourseMoved> ReviewAsync(string account, string id, ReviewRequest request) => _world.As(account).PostAsync<CourseMoved>($"/api/courses/{id}/review", request);

    private Task<CoursePage> FindAsync(string query) => _world.As("student").GetAsync<CoursePage>($"/api/courses?{query}");

    private async Task<string> PublishedAsync()
    {
        var id = await SubmittedAsync();
        await ReviewAsync("reviewer", id, Approve);
        await ReviewAsync("district", id, Approve);
        return id;
    }

    private async Task<string> SubmittedAsync()
    {
        var client = _world.As("editor");
        var draft = await client.PostAsync<CourseDraft>("/api/courses", new CourseCreate("lesson", 0, 20_000, null));
        await client.PutAsync<CourseDraft>($"/api/courses/{draft.Id}", new CourseSave(1, draft.Title, "", draft.Type, draft.Edit, draft.NodeId, ["p-equation"], []));
        await client.PostAsync<RenderStarted>($"/api/courses/{draft.Id}/render");
        await _world.FinishRenderAsync(draft.Id);
        await client.PostAsync<CourseMoved>($"/api/courses/{draft.Id}/submit");
        return draft.Id;
    }
}
