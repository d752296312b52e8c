using System.Net;
using System.Net.Http.Json;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.LinkTest;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.LinkTest;

public sealed class LinkTestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_measures_its_line_both_ways()
    {
        await using var school = await TestSchool.OpenAsync();
        using var teacher = await school.SignInAsync("teacher1");
        Assert.Equal(300_000, (await teacher.GetByteArrayAsync("/api/link-test/down?bytes=300000", Ct)).Length);
        using var up = new ByteArrayContent(new byte[200_000]);
        Assert.Equal(HttpStatusCode.NoContent, (await teacher.PostAsync("/api/link-test/up", up, Ct)).StatusCode);
        var line = (await teacher.GetFromJsonAsync<LinkEnd>("/api/link-test/line", HubClient.Json, Ct))!;
        if (OperatingSystem.IsLinux())
        {
            Assert.InRange(line.LossPercent!.Value, 0, 100);
            Assert.InRange(line.DelayMs!.Value, 0, 1_000);
        }
    }

    [Theory, InlineData("GET", "down?bytes=1000"), InlineData("POST", "up"), InlineData("GET", "line")]
    public async Task Strangers_measure_nothing(string method, string path)
    {
        await using var school = await TestSchool.OpenAsync();
        using var stranger = school.Browser();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/link-test/{path}");
        request.Content = method == "POST" ? new ByteArrayContent(new byte[10]) : null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.SendAsync(request, Ct)).StatusCode);
    }

    [Fact]
    public async Task More_than_the_test_needs_is_refused()
    {
        await using var school = await TestSchool.OpenAsync();
        using var teacher = await school.SignInAsync("teacher1");
        Assert.Equal(HttpStatusCode.BadRequest, (await teacher.GetAsync("/api/link-test/down?bytes=100000000", Ct)).StatusCode);
        using var large = new ByteArrayContent(new byte[2_000_000]);
        Assert.Equal(HttpStatusCode.BadRequest, (await teacher.PostAsync("/api/link-test/up", large, Ct)).StatusCode);
    }

    [Fact]
    public void A_few_tests_run_at_once_and_one_person_does_not_run_one_after_the_other()
    {
        var time = new StillTime();
        var gate = new LinkTestGate(time);
        var running = Enumerable.Range(0, 4).Select(who => gate.TryEnter($"{who}")).ToList();
        Assert.DoesNotContain(null, running);
        Assert.Null(gate.TryEnter("another"));
        running.ForEach(turn => turn!.Dispose());

        for (var i = 0; i < 11; i++)
        {
            gate.TryEnter("0")!.Dispose();
        }

        Assert.Null(gate.TryEnter("0"));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull(gate.TryEnter("0"));
    }
}
