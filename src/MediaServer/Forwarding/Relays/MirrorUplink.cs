using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Rooms;
using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding.Relays;

/// <summary>
/// The short road back from a mirror to its original: whether anybody receives it here, which encodings are wanted, and
/// wishes for key frames. Lives on the branch's loop; what it sends runs on the original's.
/// </summary>
/// <param name="branch">As the room's own loop knows it; touched by what runs there only.</param>
/// <param name="home">The room's own loop.</param>
/// <param name="original">Touched by what runs on its loop only.</param>
/// <param name="mirror">Here.</param>
internal sealed class MirrorUplink(BranchLink branch, MediaLoop home, Publication original, Publication mirror)
{
    // Whoever turns a page comes back.
    private static readonly TimeSpan s_hold = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_rates = TimeSpan.FromSeconds(1);

    private readonly Encoding[] _byOrdinal = [.. mirror.Encodings.OrderBy(e => e.Ordinal)];
    private Instant _unusedSince = Instant.Never;
    private Instant _nextRates = Instant.MinValue;
    private bool _isFed;
    private int _toldWanted = -1;

    public Publication Mirror => mirror;

    /// <summary>Asks for the packets as soon as somebody receives them, and no longer than a while after the last one has gone.</summary>
    public void Update(Instant now)
    {
        var isUsed = mirror.Subscriptions.Count > 0;
        _unusedSince = isUsed ? Instant.Never : Instant.Min(_unusedSince, now);
        if (isUsed && !_isFed)
        {
            _isFed = true;
            _toldWanted = -1;
            home.Commands.Send(() => branch.Feed(original, _byOrdinal));
        }
        else if (_isFed && now - _unusedSince >= s_hold)
        {
            _isFed = false;
            home.Commands.Send(() => original.Relays?.Remove(branch));
        }
    }

    /// <summary>Each tick of the loop.</summary>
    public void Tick(Instant now)
    {
        Update(now);
        mirror.Tick(now);
        AskForKeyframes(now);
        TellWanted();
        if (now >= _nextRates)
        {
            _nextRates = now + s_rates;
            Array.ForEach(_byOrdinal, e => e.Tick(now));
        }
    }

    private void AskForKeyframes(Instant now)
    {
        foreach (var encoding in _byOrdinal)
        {
            if (encoding.Keyframes.TrySend(now))
            {
                var ordinal = encoding.Ordinal;
                home.Commands.Send(() => original.WantKeyframe(ordinal, home.Clock.Now));
            }
        }
    }

    private void TellWanted()
    {
        var wanted = mirror.IsSimulcast ? mirror.HighestWanted() : -1;
        if (_isFed && wanted != _toldWanted)
        {
            _toldWanted = wanted;
            Tell(wanted);
        }
    }

    private void Tell(int wanted) => home.Commands.Send(() =>
    {
        if (original.Relays?.Find(branch) is { } relay)
        {
            relay.HighestWanted = wanted;
        }
    });
}
