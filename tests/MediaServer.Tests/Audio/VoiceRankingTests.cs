using Classroom.MediaServer.Audio;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;
using Classroom.TestKit;

namespace Classroom.MediaServer.Tests.Audio;

public sealed class VoiceRankingTests
{
    private static readonly TimeSpan s_packet = TimeSpan.FromMilliseconds(20);
    private readonly List<string> _turns = [];
    private Instant _now = new(TimeSpan.TicksPerHour);

    [Fact]
    public void Who_speaks_has_the_floor_and_keeps_it_in_silence()
    {
        var ranking = new VoiceRanking(0);
        var (anna, ben) = (Join(ranking, "anna"), Join(ranking, "ben"));

        Pass(ranking, 2, (anna, -25), (ben, -70));
        Assert.Equal("anna", ranking.Speaker?.ParticipantId);
        Pass(ranking, 5, (anna, -80), (ben, -70));

        Assert.Equal(["anna"], _turns);
    }

    [Fact]
    public void The_floor_goes_over_when_the_other_speaks_after_a_breath()
    {
        var ranking = new VoiceRanking(0);
        var (anna, ben) = (Join(ranking, "anna"), Join(ranking, "ben"));

        Pass(ranking, 2, (anna, -25), (ben, -70));
        Pass(ranking, 3, (anna, -80), (ben, -30));

        Assert.Equal(["anna", "ben"], _turns);
    }

    [Fact]
    public void A_cough_does_not_take_the_floor()
    {
        var ranking = new VoiceRanking(0);
        var (anna, ben) = (Join(ranking, "anna"), Join(ranking, "ben"));

        Pass(ranking, 2, (anna, -30), (ben, -70));
        Pass(ranking, 0.1, (anna, -30), (ben, -10));
        Pass(ranking, 2, (anna, -30), (ben, -70));

        Assert.Equal(["anna"], _turns);
    }

    [Fact]
    public void Two_who_speak_at_once_do_not_take_turns_in_a_flicker()
    {
        var random = new Random(6464);
        var ranking = new VoiceRanking(0);
        var (anna, ben) = (Join(ranking, "anna"), Join(ranking, "ben"));

        for (var i = 0; i < 1000; i++)
        {
            Pass(ranking, 0.02, (anna, random.Next(-40, -20)), (ben, random.Next(-40, -20)));
        }

        Assert.InRange(_turns.Count, 1, 3);
    }

    [Fact]
    public void As_many_as_there_are_places_are_heard_and_the_loudest_among_them()
    {
        var ranking = new VoiceRanking(3);
        var voices = Enumerable.Range(0, 50).Select(i => Join(ranking, $"pupil {i}")).ToArray();

        Pass(ranking, 3, [.. voices.Select((voice, i) => (voice, i is 7 or 20 or 49 ? -25 : -65))]);

        Assert.Equal(["pupil 20", "pupil 49", "pupil 7"], voices.Where(v => v.IsHeard).Select(v => v.Info.ParticipantId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Who_was_just_heard_keeps_the_place_through_a_pause_between_words()
    {
        var ranking = new VoiceRanking(1);
        var (anna, ben) = (Join(ranking, "anna"), Join(ranking, "ben"));

        Pass(ranking, 2, (anna, -30), (ben, -70));
        Pass(ranking, 0.5, (anna, -90), (ben, -45));
        Assert.True(anna.IsHeard);
        Pass(ranking, 4, (anna, -90), (ben, -45));

        Assert.False(anna.IsHeard);
        Assert.True(ben.IsHeard);
    }

    [Fact]
    public void Who_does_not_say_how_loud_it_is_is_always_heard()
    {
        var ranking = new VoiceRanking(1);
        var encoder = Join(ranking, "encoder");
        var (anna, ben) = (Join(ranking, "anna"), Join(ranking, "ben"));

        Pass(ranking, 2, (anna, -30), (ben, -70));

        Assert.True(encoder.IsHeard && anna.IsHeard && !ben.IsHeard);
    }

    [Fact]
    public void There_are_never_more_heard_than_places_whatever_happens()
    {
        var random = new Random(1);
        var ranking = new VoiceRanking(4);
        var voices = new List<Voice>();
        for (var step = 0; step < 2000; step++)
        {
            if (random.Next(20) == 0 && voices.Count < 30)
            {
                voices.Add(Join(ranking, $"p{step}"));
                voices[^1].OnLevel(new AudioLevel(-60, false), _now);
            }
            else if (random.Next(25) == 0 && voices.Count > 0)
            {
                ranking.Remove(voices[0]);
                voices.RemoveAt(0);
            }

            Pass(ranking, 0.02, [.. voices.Select(voice => (voice, random.Next(-90, -10)))]);
            Assert.Equal(Math.Min(4, voices.Count), voices.Count(v => v.IsHeard));
        }
    }

    [Fact]
    public void A_turn_of_the_ranking_allocates_nothing()
    {
        var ranking = new VoiceRanking(2);
        var voices = Enumerable.Range(0, 20).Select(i => Join(ranking, $"p{i}")).ToArray();
        Pass(ranking, 1, [.. voices.Select(voice => (voice, -40))]);

        Assert.Equal(0, Allocations.OfQuietest(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                voices[i % 20].OnLevel(new AudioLevel(-(i % 90), true), _now);
                _now += s_packet;
                ranking.Tick(_now);
            }
        }));
    }

    private static Voice Join(VoiceRanking ranking, string who)
    {
        var voice = new Voice(new PublicationInfo(who, "room", who, null, "camera", MediaKind.Audio, "opus", 48000));
        ranking.Add(voice);
        return voice;
    }

    private void Pass(VoiceRanking ranking, double seconds, params (Voice Voice, int Level)[] levels)
    {
        for (var left = seconds; left > 0; left -= s_packet.TotalSeconds)
        {
            _now += s_packet;
            foreach (var (voice, level) in levels)
            {
                voice.OnLevel(new AudioLevel(level, level > -50), _now);
            }

            if (ranking.Tick(_now))
            {
                _turns.Add(ranking.Speaker!.ParticipantId);
            }
        }
    }
}
