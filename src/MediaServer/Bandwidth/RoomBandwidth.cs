using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Rooms;
using Classroom.Rtc;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>A room's plan, as it meets who watches on one loop: classes of publications, ceilings of participants, shares of schools.</summary>
/// <param name="schools">Divides what a school may receive.</param>
internal sealed class RoomBandwidth(ISchoolLevels schools)
{
    private static readonly TimeSpan s_shares = TimeSpan.FromMilliseconds(500);
    private readonly List<SubscriberLine> _lines = [];
    private Bitrate[] _wanted = [];
    private BandwidthPlan _plan = new();
    private Instant _nextShares = Instant.MinValue;

    public void Set(BandwidthPlan plan, IEnumerable<Publication> publications)
    {
        _plan = plan;
        _nextShares = Instant.MinValue;
        foreach (var publication in publications)
        {
            Classify(publication);
        }
    }

    public void Classify(Publication publication) =>
        publication.Class = _plan.Classes.GetValueOrDefault(publication.Info.Id, publication.Info.Kind == MediaKind.Audio ? StreamClass.Audio : StreamClass.Rest);

    /// <summary>The ceilings are divided at the next tick.</summary>
    public void Hurry() => _nextShares = Instant.MinValue;

    /// <summary>Divides the ceilings anew among those who are there.</summary>
    public void Tick(IReadOnlyCollection<Viewer> viewers, Instant now)
    {
        if (now < _nextShares)
        {
            return;
        }

        _nextShares = now + s_shares;
        foreach (var viewer in viewers)
        {
            if (viewer.Connection?.Transport.Out.Line is { } line)
            {
                line.Ceiling = Ceiling(_plan.ParticipantCeilings, viewer.Participant.Info.Id);
                line.SchoolShare = Bitrate.Unlimited;
            }
        }

        foreach (var school in _plan.SchoolCeilings.Keys)
        {
            Divide(school, viewers);
        }
    }

    private void Divide(string school, IReadOnlyCollection<Viewer> viewers)
    {
        _lines.Clear();
        foreach (var viewer in viewers)
        {
            if (viewer.Participant.Info.SchoolId == school && viewer.Connection?.Transport.Out.Line is { } line)
            {
                _lines.Add(line);
            }
        }

        if (_wanted.Length < _lines.Count)
        {
            _wanted = new Bitrate[_lines.Count];
        }

        for (var i = 0; i < _lines.Count; i++)
        {
            _wanted[i] = _lines[i].Wanted;
        }

        var level = schools.Level(school, Ceiling(_plan.SchoolCeilings, school), _wanted.AsSpan(0, _lines.Count));
        for (var i = 0; i < _lines.Count; i++)
        {
            _lines[i].SchoolShare = Bitrate.Min(_wanted[i], level);
        }
    }

    private static Bitrate Ceiling(IReadOnlyDictionary<string, long> ceilings, string id) =>
        ceilings.TryGetValue(id, out var bits) && bits > 0 ? new Bitrate(bits) : Bitrate.Unlimited;
}
