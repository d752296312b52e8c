using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.Lines;

namespace Classroom.EndToEnd.Tests.BadNetwork;

/// <summary>
/// A classroom is without its line for a minute: how soon it sees and hears the others again, and they it, once the line is
/// back. The figures are in docs/bandwidth.md.
/// </summary>
[Trait("Category", "Long")]
public sealed class OutageTests : IAsyncLifetime
{
    private static readonly TimeSpan s_outage = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_noticed = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_recovery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_loose = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_plugged = TimeSpan.FromSeconds(3);

    private readonly SchoolsOnLines _schools = new();

    public ValueTask InitializeAsync() => _schools.InitializeAsync();

    public ValueTask DisposeAsync() => _schools.DisposeAsync();

    [Fact]
    public Task A_classroom_is_back_within_three_seconds_after_its_cable_was_out_for_a_minute() => ComesBackAsync(line => line.UnplugAsync());

    [Fact]
    public Task A_classroom_is_back_within_three_seconds_after_its_line_said_nothing_for_a_minute() => ComesBackAsync(line => line.FallSilentAsync());

    [Fact]
    public Task A_classroom_is_back_within_three_seconds_after_its_plug_was_loose() => ComesBackAsync(async line =>
    {
        // In the short time between the two the browser has begun to go on from addresses that are gone again.
        await line.UnplugAsync();
        await Task.Delay(s_loose, TestContext.Current.CancellationToken);
        await line.MendAsync();
        await Task.Delay(s_plugged, TestContext.Current.CancellationToken);
        await line.UnplugAsync();
    });

    private async Task ComesBackAsync(Func<Line, Task> fail)
    {
        await _schools.AreTogetherAsync();
        await _schools.Far.Page.EvaluateAsync("window.isSamePage = true");
        DateTimeOffset since;
        try
        {
            await fail(_schools.FarLine);
            await Task.Delay(s_outage, TestContext.Current.CancellationToken);
            var marks = await _schools.Host.MarksAsync();
            Assert.DoesNotContain(marks, mark => mark.School == SchoolsOnLines.Songtao && mark.AgeMs < (s_outage - s_noticed).TotalMilliseconds);
        }
        finally
        {
            since = DateTimeOffset.UtcNow;
            await _schools.FarLine.MendAsync();
        }

        var back = await Task.WhenAll(
            Recovery.OfAsync(_schools.Far, SchoolsOnLines.Xinghai, since),
            Recovery.OfAsync(_schools.Host, SchoolsOnLines.Songtao, since));
        var story = await _schools.Far.Page.EvaluateAsync<string>($"classroomTest.story({(since - s_outage).ToUnixTimeMilliseconds()})");
        TestContext.Current.TestOutputHelper?.WriteLine($"the classroom: {back[0]}; the others: {back[1]}; its page since the line failed: {story}");

        Assert.All(back, recovery => Assert.True(recovery.Slowest < s_recovery.TotalMilliseconds, $"{recovery}; {story}"));
        await _schools.AreTogetherAsync();
        Assert.True(await _schools.Far.Page.EvaluateAsync<bool>("window.isSamePage === true"), "the page was loaded anew");
    }
}
