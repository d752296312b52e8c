using System.Runtime.InteropServices;

namespace Classroom.MediaServer.Audio;

/// <summary>
/// The microphones of a room by circle: those who hear only each other have a speaker and the loudest few of their own, so that
/// a lively group does not take the places of a quiet one. Who is in no circle is in the room's.
/// </summary>
/// <param name="most">Microphones of a circle that are forwarded at most; 0 for all.</param>
internal sealed class VoiceCircles(int most)
{
    private const string Whole = "";
    private readonly Dictionary<string, VoiceRanking> _rankings = new(StringComparer.Ordinal);
    private readonly Dictionary<Voice, VoiceRanking> _placeOf = [];
    private readonly List<VoiceRanking> _all = [];
    private IReadOnlyDictionary<string, string> _circleOf = new Dictionary<string, string>();

    /// <summary>A span, since it is walked on every tick.</summary>
    public ReadOnlySpan<VoiceRanking> Rankings => CollectionsMarshal.AsSpan(_all);

    public void Add(Voice voice)
    {
        var ranking = RankingFor(voice);
        ranking.Add(voice);
        _placeOf.Add(voice, ranking);
    }

    public void Remove(Voice voice)
    {
        if (_placeOf.Remove(voice, out var ranking))
        {
            ranking.Remove(voice);
        }
    }

    /// <param name="circleOf">Participant id → circle.</param>
    public void Set(IReadOnlyDictionary<string, string> circleOf)
    {
        _circleOf = circleOf;
        Voice[] voices = [.. _placeOf.Keys];
        _placeOf.Clear();
        _rankings.Clear();
        _all.Clear();
        Array.ForEach(voices, Add);
    }

    private VoiceRanking RankingFor(Voice voice)
    {
        var circle = _circleOf.GetValueOrDefault(voice.Info.ParticipantId, Whole);
        if (!_rankings.TryGetValue(circle, out var ranking))
        {
            _rankings[circle] = ranking = new VoiceRanking(most);
            _all.Add(ranking);
        }

        return ranking;
    }
}
