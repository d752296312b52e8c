using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Rooms;

/// <summary>
/// The branches of a room, and where a new viewer goes: the room's own loop as long as that is not full, then the least busy
/// other one. Who has a place keeps it.
/// </summary>
internal sealed class BranchList(MediaLoop home) : ISchoolLevels
{
    /// <summary>Below this share of a core a loop has time for others, whatever theirs does.</summary>
    public const double Comfortable = 0.5;

    private readonly List<BranchLink> _links = [];
    private Bitrate[] _wanted = [];
    private Bitrate[] _shares = [];

    public IReadOnlyList<BranchLink> Links => _links;

    /// <summary>Chooses the loop of a new viewer.</summary>
    /// <param name="viewers">How many of the room watch on its own loop.</param>
    /// <param name="isNew">There is a branch more.</param>
    /// <returns>Null: the room's own.</returns>
    public BranchLink? Choose(int viewers, out bool isNew)
    {
        isNew = false;
        var loop = Overflow(viewers);
        loop.Load.Place();
        if (loop == home)
        {
            return null;
        }

        if (_links.Find(l => l.Loop == loop) is { } link)
        {
            return link;
        }

        isNew = true;
        link = new BranchLink(home, loop);
        _links.Add(link);
        return link;
    }

    public void Mirror(Publication publication) => _links.ForEach(l => l.Mirror(publication));

    public void Drop(Publication publication) => _links.ForEach(l => l.Drop(publication));

    public void Post(Action<Branch> action) => _links.ForEach(l => l.Post(action));

    public void Close()
    {
        _links.ForEach(l => l.Close());
        _links.Clear();
    }

    Bitrate ISchoolLevels.Level(string school, Bitrate ceiling, ReadOnlySpan<Bitrate> wanted)
    {
        var count = Collect(school, wanted);
        SharedCeiling.Divide(ceiling, _wanted.AsSpan(0, count), _shares.AsSpan(0, count));
        var level = Bitrate.Unlimited;
        for (var i = 0; i < count; i++)
        {
            level = _shares[i] < _wanted[i] ? _shares[i] : level;
        }

        foreach (var link in _links)
        {
            link.TellLevel(school, level);
        }

        return level;
    }

    private MediaLoop Overflow(int viewers)
    {
        var threshold = home.Split.Above;
        if (home.Others.Count == 0 || viewers < home.Split.From || home.Load.Expected < threshold)
        {
            return home;
        }

        var best = home.Others[0];
        foreach (var other in home.Others)
        {
            best = other.Load.Expected < best.Load.Expected ? other : best;
        }

        return best.Load.Expected < Comfortable || best.Load.Expected < home.Load.Expected ? best : home;
    }

    private int Collect(string school, ReadOnlySpan<Bitrate> wanted)
    {
        var count = wanted.Length;
        foreach (var link in _links)
        {
            count += link.Wanted(school).Length;
        }

        if (_wanted.Length < count)
        {
            (_wanted, _shares) = (new Bitrate[count], new Bitrate[count]);
        }

        wanted.CopyTo(_wanted);
        var next = wanted.Length;
        foreach (var link in _links)
        {
            link.Wanted(school).CopyTo(_wanted.AsSpan(next));
            next += link.Wanted(school).Length;
        }

        return count;
    }
}
