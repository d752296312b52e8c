using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Forwarding.Relays;
using Classroom.MediaServer.Loops;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Rooms;

/// <summary>A branch as its room knows it, on the room's own loop: the way there, and what has come back.</summary>
internal sealed class BranchLink
{
    private readonly MediaLoop _home;
    private readonly Branch _branch;
    private readonly Dictionary<string, Bitrate[]> _wanted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Bitrate> _told = new(StringComparer.Ordinal);
    private bool _isClosed;

    /// <param name="home">The room's own loop.</param>
    /// <param name="loop">The branch's.</param>
    public BranchLink(MediaLoop home, MediaLoop loop)
    {
        _home = home;
        Loop = loop;
        _branch = new Branch(this, home, loop, Ring);
        Post(b => b.Open());
    }

    /// <summary>The branch's.</summary>
    public MediaLoop Loop { get; }

    public RelayRing Ring { get; } = new();

    /// <summary>Only to name it: it is touched on its own loop.</summary>
    public Audience Audience => _branch.Audience;

    /// <summary>Runs something on the branch's loop, after all that was posted before.</summary>
    public void Post(Action<Branch> action) => Loop.Commands.Send(() => action(_branch));

    public void Mirror(Publication original) => Post(b => b.Mirror(original));

    public void Drop(Publication original)
    {
        var id = original.Info.Id;
        Post(b => b.Drop(id));
    }

    /// <summary>Somebody on the branch receives the publication.</summary>
    /// <param name="original">Of the room.</param>
    /// <param name="mirrors">Encodings of its mirror by their ordinal.</param>
    public void Feed(Publication original, Encoding[] mirrors)
    {
        if (!_isClosed && !original.IsClosed)
        {
            original.Relays ??= new RelayList();
            original.Relays.Add(new Relay(_home, this, original, mirrors));
        }
    }

    /// <summary>What the viewers of a school on the branch would receive if nothing limited them.</summary>
    public void OnWanted(string school, Bitrate[] wanted) => _wanted[school] = wanted;

    public ReadOnlySpan<Bitrate> Wanted(string school) => _wanted.GetValueOrDefault(school);

    /// <summary>Tells what each viewer of a school may receive, when that has changed.</summary>
    public void TellLevel(string school, Bitrate level)
    {
        if (!_told.TryGetValue(school, out var told) || told != level)
        {
            _told[school] = level;
            Post(b => b.SetLevel(school, level));
        }
    }

    public void Close()
    {
        _isClosed = true;
        Post(b => b.Close());
    }
}
