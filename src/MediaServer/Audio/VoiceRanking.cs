using System.Runtime.CompilerServices;
using Classroom.Rtc;

namespace Classroom.MediaServer.Audio;

/// <summary>
/// Who speaks in a room, and who is heard when there are more open microphones than can be listened to. The loudest few are
/// forwarded; who was just heard keeps the place for a moment, so that a dialogue is not cut up.
/// </summary>
/// <param name="most">Microphones that are forwarded at most; 0 for all.</param>
internal sealed class VoiceRanking(int most)
{
    /// <summary>dBov from which it is taken for speech. Quiet classrooms are at −60, speech is at −20 to −40.</summary>
    public const double Speech = -50;

    // A challenger must be this much louder while the speaker still speaks.
    private const double Margin = 6;

    // What the place of one who spoke within the hold is worth against one who has none: a pause between words does not lose it.
    private const double Place = 30;
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_breath = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan s_hold = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_insist = TimeSpan.FromMilliseconds(300);

    private readonly List<Voice> _voices = [];
    private Voice? _challenger;
    private Instant _challengedAt;
    private Instant _turnedAt = Instant.MinValue;

    /// <summary>Whoever has the floor; the last one keeps it in silence.</summary>
    public PublicationInfo? Speaker => _speaker?.Info;

    private Voice? _speaker;

    public void Add(Voice voice)
    {
        _voices.Add(voice);
        // Nobody is heard until there is a place: the next tick gives it, within milliseconds.
        voice.IsHeard = most == 0 || _voices.Count <= most;
    }

    public void Remove(Voice voice)
    {
        _voices.Remove(voice);
        _challenger = _challenger == voice ? null : _challenger;
        _speaker = _speaker == voice ? null : _speaker;
    }

    /// <returns>True when somebody else has the floor.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Tick(Instant now)
    {
        foreach (var voice in _voices)
        {
            voice.Tick(now);
        }

        GivePlaces(now);
        return GiveFloor(now);
    }

    private void GivePlaces(Instant now)
    {
        if (most == 0 || _voices.Count <= most)
        {
            foreach (var voice in _voices)
            {
                voice.IsHeard = true;
            }

            return;
        }

        // Insertion sort: the order hardly changes from tick to tick, and it allocates nothing.
        for (var i = 1; i < _voices.Count; i++)
        {
            var voice = _voices[i];
            var worth = Worth(voice, now);
            var j = i - 1;
            for (; j >= 0 && Worth(_voices[j], now) < worth; j--)
            {
                _voices[j + 1] = _voices[j];
            }

            _voices[j + 1] = voice;
        }

        var places = most;
        foreach (var voice in _voices)
        {
            voice.IsHeard = !voice.IsMeasured || places > 0;
            places -= voice.IsMeasured ? 1 : 0;
        }
    }

    private static double Worth(Voice voice, Instant now) => voice.Level + (voice.IsHeard && now - voice.LastLoud < s_hold ? Place : 0);

    private bool GiveFloor(Instant now)
    {
        var loudest = Loudest();
        if (loudest is null || loudest == _speaker || now - _turnedAt < s_turn)
        {
            _challenger = null;
            return false;
        }

        var floorIsFree = _speaker is null || now - _speaker.LastLoud > s_breath;
        if (!floorIsFree && loudest.Level < _speaker!.Level + Margin)
        {
            _challenger = null;
            return false;
        }

        if (_challenger != loudest)
        {
            _challenger = loudest;
            _challengedAt = now;
        }

        if (now - _challengedAt < s_insist)
        {
            return false;
        }

        _speaker = loudest;
        _challenger = null;
        _turnedAt = now;
        return true;
    }

    private Voice? Loudest()
    {
        Voice? loudest = null;
        foreach (var voice in _voices)
        {
            if (voice.Level >= Speech && (loudest is null || voice.Level > loudest.Level))
            {
                loudest = voice;
            }
        }

        return loudest;
    }
}
