using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Tests.Reviews;

public sealed class SqliteReviewTests() : ReviewTests(TestProvider.Sqlite);

public sealed class PostgresReviewTests() : ReviewTests(TestProvider.Postgres);

public abstract class ReviewTests(TestProvider provider) : IAsyncLifetime
{
    private static readonly ReviewRequest Approve = new(ReviewDecision.Approved, "");

    private LibraryWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await LibraryWorld.CreateAsync(provider);

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_course_goes_from_the_lesson_to_the_catalogue_by_one_approval()
    {
        var id = await SubmittedAsync("editor");
        Assert.Empty((await FindAsync("方程")).Cards);

        var waiting = (await _world.As("reviewer").GetAsync<ReviewQueue>("/api/reviews")).Waiting;
        Assert.Equal((id, ReviewLevel.School), (Assert.Single(waiting).Card.Id, waiting[0].Level));
        Assert.Equal(CourseState.Published, (await _world.As("reviewer").PostAsync<CourseMoved>($"/api/courses/{id}/review", Approve)).State);

        var found = Assert.Single((await FindAsync("方程")).Cards);
        Assert.Equal((id, _world.Time.UtcNow), (found.Id, found.PublishedAt));
        foreach (var words in new[] { "张老师", "星海", "五年级", "辨认" })
        {
            Assert.Equal(id, Assert.Single((await FindAsync(words)).Cards).Id);
        }

        var queue = await _world.As("reviewer").GetAsync<ReviewQueue>("/api/reviews");
        Assert.Empty(queue.Waiting);
        Assert.Equal(id, Assert.Single(queue.Done).Id);
    }

    [Fact]
    public async Task A_returned_course_carries_the_reason_and_can_be_sent_again_after_a_change_of_words()
    {
        var id = await SubmittedAsync("editor");

        await _world.As("reviewer").PostAsync<CourseMoved>($"/api/courses/{id}/review", new ReviewRequest(ReviewDecision.Returned, " 标题有错别字 "));

        var draft = await _world.As("editor").GetAsync<CourseDraft>($"/api/courses/{id}/draft");
        var review = Assert.Single(draft.Reviews);
        Assert.Equal((CourseState.Returned, "教研员", "标题有错别字"), (draft.State, review.ReviewerName, review.Reason));
        await _world.As("editor").PutAsync<CourseDraft>($"/api/courses/{id}", new CourseSave(
            draft.EditVersion, "方程的意义（改）", "", draft.Type, draft.Edit, draft.NodeId, ["p-equation"], []));
        Assert.Equal(CourseState.InReview, (await _world.As("editor").PostAsync<CourseMoved>($"/api/courses/{id}/submit")).State);
    }

    [Fact]
    public async Task Returning_wants_a_reason()
    {
        var id = await SubmittedAsync("editor");

        var refusal = await _world.As("reviewer").RefusalAsync(HttpMethod.Post, $"/api/courses/{id}/review", new ReviewRequest(ReviewDecision.Returned, " "));

        Assert.Equal(("invalid", "reason"), (refusal.Code, Assert.Single(refusal.Fields)));
    }

    [Theory]
    [InlineData("reviewer", 200)]
    [InlineData("admin", 200)]
    [InlineData("editor", 403)]
    [InlineData("teacher", 403)]
    [InlineData("student", 403)]
    [InlineData("nobody", 401)]
    public async Task Only_reviewers_and_administrators_review(string account, int status)
    {
        var id = await SubmittedAsync("editor");

        Assert.Equal(status, await _world.As(account).StatusAsync(HttpMethod.Get, "/api/reviews"));
        Assert.Equal(status, await _world.As(account).StatusAsync(HttpMethod.Post, $"/api/courses/{id}/review", Approve));
    }

    [Fact]
    public async Task Nobody_reviews_a_course_of_their_own()
    {
        var id = await SubmittedAsync("admin");

        Assert.Empty((await _world.As("admin").GetAsync<ReviewQueue>("/api/reviews")).Waiting);
        Assert.Equal("own_course", (await _world.As("admin").RefusalAsync(HttpMethod.Post, $"/api/courses/{id}/review", Approve)).Code);
    }

    [Fact]
    public async Task Of_reviewers_that_race_exactly_one_decides()
    {
        var id = await SubmittedAsync("editor");

        var statuses = await Task.WhenAll(new[] { "reviewer", "admin", "reviewer", "admin" }.Select(account => Task.Run(() =>
            _world.As(account).StatusAsync(HttpMethod.Post, $"/api/courses/{id}/review", Approve))));

        Assert.Equal(1, statuses.Count(status => status == 200));
        Assert.Equal(1, await _world.ReadAsync(db => db.CourseReviews.CountAsync()));
    }

    [Fact]
    public async Task A_withdrawn_course_leaves_catalogue_and_search_and_may_come_back_through_review()
    {
        var id = await SubmittedAsync("editor");
        await _world.As("reviewer").PostAsync<CourseMoved>($"/api/courses/{id}/review", Approve);

        await _world.As("teacher").PostAsync<CourseMoved>($"/api/courses/{id}/withdraw");
        Assert.Equal(0, (await FindAsync("方程")).Total);
        Assert.Equal(403, await _world.As("student").StatusAsync(HttpMethod.Get, $"/api/courses/{id}/play"));

        await _world.As("editor").PostAsync<CourseMoved>($"/api/courses/{id}/submit");
        await _world.As("reviewer").PostAsync<CourseMoved>($"/api/courses/{id}/review", Approve);
        Assert.Equal(1, (await FindAsync("方程")).Total);
    }

    private Task<CoursePage> FindAsync(string text) => _world.As("student").GetAsync<CoursePage>($"/api/courses?text={text}");

    private async Task<string> SubmittedAsync(string account)
    {
        var client = _world.As(account);
        var draft = await client.PostAsync<CourseDraft>("/api/courses", new CourseCreate("lesson", 0, 20_000, null));
        await client.PutAsync<CourseDraft>($"/api/courses/{draft.Id}", new CourseSave(1, draft.Title, "", draft.Type, draft.Edit, draft.NodeId, ["p-equation"], []));
        await client.PostAsync<RenderStarted>($"/api/courses/{draft.Id}/render");
        await _world.FinishRenderAsync(draft.Id);
        await client.PostAsync<CourseMoved>($"/api/courses/{draft.Id}/submit");
        return draft.Id;
    }
}
