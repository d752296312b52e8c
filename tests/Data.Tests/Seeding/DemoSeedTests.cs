using Classroom.Data.Seeding;
using Classroom.TestKit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Data.Tests.Seeding;

public sealed class DemoSeedTests
{
    private static readonly DateTimeOffset Now = ManualTime.MondayMorning;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task The_demo_has_paired_schools_accounts_and_a_real_chapter_tree(TestProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Create();

        var accounts = await DemoSeed.ApplyAsync(db, Now, Cancel);

        Assert.Equal(["admin", "teacher1", "teacher2", "editor", "reviewer", "technician", "supervisor", "student1"], accounts.Select(account => account.UserName));
        Assert.Equal(2, await db.Pairs.SelectMany(pair => pair.Schools).CountAsync(Cancel));
        Assert.Equal(4, await db.Classrooms.CountAsync(Cancel));
        Assert.True(await db.CatalogueNodes.CountAsync(Cancel) >= 150);
        Assert.True(await db.KnowledgePoints.CountAsync(Cancel) >= 200);
    }

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task Seeding_again_adds_nothing_and_keeps_what_was_changed(TestProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Create();
        await DemoSeed.ApplyAsync(db, Now, Cancel);
        await db.Accounts.Where(account => account.UserName == "teacher1")
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.PasswordHash, "changed"), Cancel);
        var before = await CountAsync(db);

        await using var again = database.Create();
        await DemoSeed.ApplyAsync(again, Now, Cancel);

        Assert.Equal(before, await CountAsync(again));
        Assert.Equal("changed", (await again.Accounts.SingleAsync(account => account.UserName == "teacher1", Cancel)).PasswordHash);
    }

    [Fact]
    public async Task Every_account_signs_in_with_the_password_that_is_shown()
    {
        await using var database = await TestDatabase.CreateAsync(TestProvider.Sqlite);
        await using var db = database.Create();
        var shown = await DemoSeed.ApplyAsync(db, Now, Cancel);

        var hasher = new PasswordHasher<Account>();
        Assert.All(await db.Accounts.ToListAsync(Cancel), account => Assert.Equal(
            PasswordVerificationResult.Success, hasher.VerifyHashedPassword(account, account.PasswordHash, shown[0].Password)));
    }

    [Fact]
    public async Task The_demo_lesson_is_open_for_tablets_and_points_into_the_tree()
    {
        await using var database = await TestDatabase.CreateAsync(TestProvider.Sqlite);
        await using var db = database.Create();
        await DemoSeed.ApplyAsync(db, Now, Cancel);

        var lesson = await db.Lessons.Include(lesson => lesson.Classrooms).SingleAsync(lesson => lesson.Id == "demo", Cancel);

        Assert.Equal((LessonState.Open, true, "123456"), (lesson.State, lesson.IsAlwaysOpen, lesson.Pin));
        Assert.Equal(["room-songtao-1", "room-xinghai-1"], lesson.Classrooms.Select(room => room.ClassroomId).Order());
        Assert.Equal("方程的意义", (await db.CatalogueNodes.SingleAsync(node => node.Id == lesson.ChapterNodeId, Cancel)).Name);
    }

    [Fact]
    public async Task Lessons_that_nobody_held_come_round_again()
    {
        await using var database = await TestDatabase.CreateAsync(TestProvider.Sqlite);
        await using var db = database.Create();
        await DemoSeed.ApplyAsync(db, Now, Cancel);

        await DemoSeed.ApplyAsync(db, Now.AddDays(30), Cancel);

        Assert.True((await db.Lessons.SingleAsync(lesson => lesson.Id == "demo-equations", Cancel)).PlannedStart > Now.AddDays(30).UtcDateTime);
    }

    private static async Task<(int Nodes, int Points, int Accounts, int Pupils, int Lessons)> CountAsync(ClassroomDb db) => (
        await db.CatalogueNodes.CountAsync(Cancel), await db.KnowledgePoints.CountAsync(Cancel), await db.Accounts.CountAsync(Cancel),
        await db.Pupils.CountAsync(Cancel), await db.Lessons.CountAsync(Cancel));
}
