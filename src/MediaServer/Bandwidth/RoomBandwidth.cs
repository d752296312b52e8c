using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Rooms;
using Classroom.Rtc;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>A room's plan, as it meets who is there: classes of publications, ceilings of participants, shares of schools.</summary>
internal sealed class RoomBandwidth
{
    private static readonly TimeSpan s_shares = TimeSpan.FromMilliseconds(500);
    private readonly List<SubscriberLine> _lines = [];
    private Bitrate[] _wanted = [];
    private Bitrate[] _shares = [];
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

    /// <summary>Divides the ceilings anew among those who are there.</summary>
    public void Tick(IReadOnlyCollection<Participant> participants, Instant now)
    {
        if (now < _nextShares)
        {
            return;
        }

        _nextShares = now + s_shares;
        foreach (var participant in participants)
        {
            if (participant.Subscribe?.Transport.Out.Line is { } line)
            {
                line.Ceiling = Ceiling(_plan.ParticipantCeilings, participant.Info.Id);
                line.SchoolShare = Bitrate.Unlimited;
            }
        }

        foreach (var school in _plan.SchoolCeilings.Keys)
        {
            Divide(school, participants);
        }
    }

    private void Divide(string school, IReadOnlyCollection<Participant> participants)
    {
        _lines.Clear();
        foreach (var participant in participants)
        {
            if (participant.Info.SchoolId == school && participant.Subscribe?.Transport.Out.Line is { } line)
            {
                _lines.Add(line);
            }
        }

        if (_wanted.Length < _lines.Count)
        {
            _wanted = new Bitrate[_lines.Count];
            _shares = new Bitrate[_lines.Count];
        }

        for (var i = 0; i < _lines.Count; i++)
        {
            _wanted[i] = _lines[i].Wanted;
        }

        SharedCeiling.Divide(Ceiling(_plan.SchoolCeilings, school), _wanted.AsSpan(0, _lines.Count), _shares.AsSpan(0, _lines.Count));
        for (var i = 0; i < _lines.Count; i++)
        {
            _lines[i].SchoolShare = _shares[i];
        }
    }

    private static Bitrate Ceiling(IReadOnlyDictionary<string, long> ceilings, string id) =>
        ceilings.TryGetValue(id, out var bits) && bits > 0 ? new Bitrate(bits) : Bitrate.Unlimited;
}
