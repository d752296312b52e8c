using System.Runtime.CompilerServices;
using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Forwarding.Relays;
using Classroom.MediaServer.Loops;
using Classroom.Rtc;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Rooms;

/// <summary>
/// A part of a large room's audience on another loop than the room's own, with a mirror of each publication: packets come
/// once over the ring, everything that concerns single viewers happens here.
/// </summary>
internal sealed class Branch : ISchoolLevels, ILoopIntake
{
    private readonly BranchLink _link;
    private readonly MediaLoop _home;
    private readonly RelayRing _ring;
    private readonly List<MirrorUplink> _uplinks = [];
    private readonly Dictionary<string, Bitrate> _levels = new(StringComparer.Ordinal);

    /// <param name="link">The same as the room knows it.</param>
    /// <param name="home">The room's own loop.</param>
    /// <param name="loop">Whose thread alone touches it.</param>
    /// <param name="ring">What the room's own loop passes on.</param>
    public Branch(BranchLink link, MediaLoop home, MediaLoop loop, RelayRing ring)
    {
        _link = link;
        _home = home;
        _ring = ring;
        Audience = new Audience(loop, this);
    }

    public Audience Audience { get; }

    public void Open() => Audience.Loop.Intakes.Add(this);

    /// <summary>The room has a publication more.</summary>
    public void Mirror(Publication original)
    {
        var mirror = new Publication(Audience.Loop, original.Source);
        mirror.Uplink = new MirrorUplink(_link, _home, original, mirror);
        _uplinks.Add(mirror.Uplink);
        Audience.Add(mirror);
    }

    /// <summary>The room has a publication less.</summary>
    public void Drop(string publicationId)
    {
        if (_uplinks.Find(u => u.Mirror.Info.Id == publicationId) is { } uplink)
        {
            _uplinks.Remove(uplink);
            Audience.Remove(uplink.Mirror);
        }
    }

    /// <summary>Takes what the room's own loop passed on.</summary>
    /// <returns>Number of messages.</returns>
    public int Take(Instant now) => MirrorIntake.Take(_ring, now);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Tick(Instant now)
    {
        Audience.Tick(now);
        foreach (var uplink in _uplinks)
        {
            uplink.Tick(now);
        }
    }

    public void Close()
    {
        Audience.Loop.Intakes.Remove(this);
        Audience.Close();
        _uplinks.ForEach(u => Audience.Remove(u.Mirror));
        _uplinks.Clear();
    }

    /// <summary>The room's own loop has divided a school's ceiling.</summary>
    public void SetLevel(string school, Bitrate level)
    {
        _levels[school] = level;
        Audience.Bandwidth.Hurry();
    }

    Bitrate ISchoolLevels.Level(string school, Bitrate ceiling, ReadOnlySpan<Bitrate> wanted)
    {
        if (wanted.Length > 0 || _levels.ContainsKey(school))
        {
            var copy = wanted.ToArray();
            _home.Commands.Send(() => _link.OnWanted(school, copy));
        }

        return _levels.GetValueOrDefault(school, ceiling);
    }
}
