using System.Runtime.CompilerServices;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Audio;

/// <summary>
/// How loud one microphone is, smoothed: it rises within a syllable and falls within a breath, so that a cough does not take
/// the floor and a pause between words does not lose it.
/// </summary>
internal sealed class Voice(PublicationInfo info)
{
    // Per packet of 20 ms.
    private const double Rise = 0.25;
    private const double Fall = 0.04;
    private static readonly TimeSpan s_quietAfter = TimeSpan.FromMilliseconds(200);

    private Instant _lastPacket = Instant.MinValue;

    public PublicationInfo Info { get; } = info;

    /// <summary>Smoothed level in dBov, −127 to 0.</summary>
    public double Level { get; private set; } = AudioLevel.Silence;

    /// <summary>False for senders that do not say how loud they are; nobody can judge those, so they are always heard.</summary>
    public bool IsMeasured { get; private set; }

    /// <summary>Forwarded to the others now.</summary>
    public bool IsHeard { get; set; } = true;

    /// <summary>When it was last loud enough to be speech.</summary>
    public Instant LastLoud { get; private set; } = Instant.MinValue;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnLevel(AudioLevel level, Instant now)
    {
        IsMeasured = true;
        _lastPacket = now;
        Level += (level.Decibel - Level) * (level.Decibel > Level ? Rise : Fall);
        if (Level >= VoiceRanking.Speech)
        {
            LastLoud = now;
        }
    }

    /// <summary>Falls when packets stop: senders may leave out silence (DTX), and a muted one sends nothing.</summary>
    public void Tick(Instant now)
    {
        if (now - _lastPacket > s_quietAfter)
        {
            Level += (AudioLevel.Silence - Level) * Fall;
        }
    }
}
