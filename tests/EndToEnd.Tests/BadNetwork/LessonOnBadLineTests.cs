using Classroom.EndToEnd.Tests.Harness;

namespace Classroom.EndToEnd.Tests.BadNetwork;

/// <summary>
/// What loss does to a lesson in real browsers; the figures are in docs/bandwidth.md. Not among the everyday tests, because
/// it makes networks, which wants root, and because a busy machine loses packets of its own.
/// </summary>
[Trait("Category", "Long")]
public sealed class LessonOnBadLineTests(SchoolsOnLines schools) : IClassFixture<SchoolsOnLines>
{
    private const int LossPercent = 10;
    private const double MostConcealed = 0.05;
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_listening = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Voices_stay_whole_when_a_tenth_of_the_packets_is_lost_each_way()
    {
        await schools.AreTogetherAsync();
        await schools.FarLine.LoseAsync(LossPercent);
        try
        {
            // One hears over the loss on the way to it, the other over the loss on the way to the server.
            await Task.WhenAll(VoicesAreWholeAsync(schools.Far), VoicesAreWholeAsync(schools.Host));
        }
        finally
        {
            await schools.FarLine.LoseAsync(0);
        }
    }

    private static async Task VoicesAreWholeAsync(Guest guest)
    {
        await HearAsync(guest, await VoiceMeter.ReadAsync(guest), s_settling);
        var before = await VoiceMeter.ReadAsync(guest);
        var heard = (await HearAsync(guest, before, s_listening)).Since(before);
        TestContext.Current.TestOutputHelper?.WriteLine($"{guest.Name}: {heard}");
        Assert.True(heard.Nacks > 0, $"nothing was lost: {heard}");
        Assert.True(heard.ConcealedShare < MostConcealed, $"{guest.Name}: {heard}");
    }

    private static async Task<VoiceMeter> HearAsync(Guest guest, VoiceMeter before, TimeSpan length)
    {
        var now = before;
        await Eventually.TrueAsync(
            async () => (now = await VoiceMeter.ReadAsync(guest)).Since(before).Length >= length,
            () => Task.FromResult($"{guest.Name} hears {now.Since(before)}\n{guest.Console}"));
        return now;
    }
}
