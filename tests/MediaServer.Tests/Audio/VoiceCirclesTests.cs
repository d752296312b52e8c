using Classroom.MediaServer.Audio;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Tests.Audio;

public sealed class VoiceCirclesTests
{
    private Instant _now = new(TimeSpan.TicksPerHour);

    [Fact]
    public void A_lively_circle_takes_no_places_of_a_quiet_one()
    {
        var circles = new VoiceCircles(1);
        var (loud, louder, quiet) = (Join(circles, "loud"), Join(circles, "louder"), Join(circles, "quiet"));

        Pass(circles, (loud, -70), (louder, -20), (quiet, -45));
        Assert.Equal([false, true, false], [loud.IsHeard, louder.IsHeard, quiet.IsHeard]);

        circles.Set(new Dictionary<string, string> { ["quiet"] = "101" });
        Pass(circles, (loud, -70), (louder, -20), (quiet, -45));
        Assert.Equal([false, true, true], [loud.IsHeard, louder.IsHeard, quiet.IsHeard]);
    }

    [Fact]
    public void A_microphone_that_comes_later_is_in_its_circle_and_leaves_it_when_all_come_together()
    {
        var circles = new VoiceCircles(1);
        circles.Set(new Dictionary<string, string> { ["late"] = "101" });
        var (teacher, late) = (Join(circles, "teacher"), Join(circles, "late"));
        Pass(circles, (teacher, -20), (late, -40));
        Assert.True(teacher.IsHeard && late.IsHeard);

        circles.Set(new Dictionary<string, string>());
        Pass(circles, (teacher, -20), (late, -40));
        Assert.True(teacher.IsHeard && !late.IsHeard);
        circles.Remove(teacher);
        Pass(circles, (late, -40));
        Assert.True(late.IsHeard);
    }

    private static Voice Join(VoiceCircles circles, string who)
    {
        var voice = new Voice(new PublicationInfo(who, "room", who, null, "camera", MediaKind.Audio, "opus", 48000));
        circles.Add(voice);
        return voice;
    }

    private void Pass(VoiceCircles circles, params (Voice Voice, int Level)[] levels)
    {
        for (var packet = 0; packet < 200; packet++)
        {
            _now += TimeSpan.FromMilliseconds(20);
            foreach (var (voice, level) in levels)
            {
                voice.OnLevel(new AudioLevel(level, level > -50), _now);
            }

            foreach (var ranking in circles.Rankings)
            {
                ranking.Tick(_now);
            }
        }
    }
}
