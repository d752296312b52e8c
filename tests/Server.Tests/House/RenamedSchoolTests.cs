using System.Net.Http.Json;
using Classroom.Data;
using Classroom.Server.Tests.BadInput;
using Classroom.Signaling.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Server.Tests.House;

/// <summary>Schools belong to one part of the house and the search to another.</summary>
[Collection(typeof(OpenSchoolCollection))]
public sealed class RenamedSchoolTests(OpenSchool school)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_published_course_is_found_by_the_new_name_of_its_school()
    {
        var id = await PublishAsync();
        var cookie = await school.SignInAsync("admin");
        await using var db = school.Host.App.Services.GetRequiredService<IClassroomDbFactory>().Create();
        var row = await db.Schools.SingleAsync(one => one.Id == id, Cancel);

        using var renamed = JsonContent.Create(new SchoolRow(id, row.RegionId, "柳浪闻莺小学", "柳浪"));
        Assert.Equal(200, (await school.SendAsync(HttpMethod.Put, $"/api/admin/schools/{id}", content: renamed, cookie: cookie)).Status);

        Assert.Contains("一片叶子", await FindAsync("闻莺", cookie), StringComparison.Ordinal);
        Assert.DoesNotContain("一片叶子", await FindAsync("断桥", cookie), StringComparison.Ordinal);
    }

    private async Task<string> PublishAsync()
    {
        await using var db = school.Host.App.Services.GetRequiredService<IClassroomDbFactory>().Create();
        var place = new School { RegionId = (await db.Regions.FirstAsync(Cancel)).Id, Name = "断桥残雪小学", ShortName = "断桥" };
        var author = await db.Accounts.FirstAsync(account => account.UserName == "editor", Cancel);
        db.Schools.Add(place);
        db.MicroCourses.Add(new MicroCourse { Title = "一片叶子", AuthorAccountId = author.Id, SchoolId = place.Id, State = CourseState.Published, PublishedAt = DateTime.UnixEpoch });
        await db.SaveChangesAsync(Cancel);
        return place.Id;
    }

    private async Task<string> FindAsync(string text, string cookie)
    {
        var answer = await school.SendAsync(HttpMethod.Get, $"/api/courses?text={Uri.EscapeDataString(text)}", cookie: cookie);
        Assert.Equal(200, answer.Status);
        return System.Text.RegularExpressions.Regex.Unescape(answer.Body);
    }
}
