using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Groups;

/// <summary>The subgroups that are open, who is in which, and for how long.</summary>
internal sealed class GroupState : ILessonFold
{
    private const string SurfacePrefix = "board/g";
    private readonly Dictionary<string, string> _groupOf = [];
    private readonly Dictionary<string, string> _visits = [];
    private readonly HashSet<string> _placed = [];

    /// <summary>Who came under which name and classroom, to find the group of a pupil who comes back with another tablet.</summary>
    private readonly Dictionary<string, (string Name, string? ClassroomId)> _known = [];

    public IReadOnlyList<GroupBody> Groups { get; private set; } = [];

    public bool IsOpen => Groups.Count > 0;

    /// <summary>How often groups were opened.</summary>
    public int Round { get; private set; }

    /// <summary>UTC milliseconds.</summary>
    public long? EndsAt { get; private set; }

    public bool IsTimeUp { get; private set; }

    public bool Exists(string? groupId) => Groups.Any(group => group.Id == groupId);

    /// <summary>Where somebody is, as a member or a visitor; null: with the whole class.</summary>
    public string? GroupOf(string participantId) => _groupOf.GetValueOrDefault(participantId) ?? _visits.GetValueOrDefault(participantId);

    /// <summary>Belongs to a group, not as a visitor.</summary>
    public bool IsMember(string participantId) => _groupOf.ContainsKey(participantId);

    /// <summary>Was put into a group, or taken out of one, by hand.</summary>
    public bool WasPlaced(string participantId) => _placed.Contains(participantId);

    /// <summary>Whether one hears and sees the other: those who are in the same group, or both with the whole class.</summary>
    public bool AreTogether(string one, string other) => GroupOf(one) == GroupOf(other);

    /// <summary>The name of a group's surface of the board.</summary>
    public static string SurfaceOf(string groupId) => SurfacePrefix + groupId;

    /// <summary>The group to which a surface of the board belongs; null: it is everyone's.</summary>
    public static string? GroupOfSurface(string surface) =>
        surface.StartsWith(SurfacePrefix, StringComparison.Ordinal) ? surface[SurfacePrefix.Length..] : null;

    /// <summary>For whom the events of a surface are.</summary>
    public static string AudienceOf(string surface) => GroupOfSurface(surface) is { } id ? Audiences.Group(id) : TimelineEntry.All;

    /// <summary>Whether somebody may see a surface: of a group's only its members and visitors and the staff.</summary>
    public bool MaySee(Person person, string surface) =>
        GroupOfSurface(surface) is not { } id || (Exists(id) && (person.Role is LessonRole.Teacher or LessonRole.Observer || GroupOf(person.Id) == id));

    /// <summary>The group for someone who comes late: where they were before, that of their classroom, else the smallest.</summary>
    public string? PlaceFor(Person person, Func<string, bool> isHere)
    {
        var before = _groupOf.FirstOrDefault(member => !isHere(member.Key) && _known.TryGetValue(member.Key, out var known) && known == (person.Name, person.ClassroomId));
        return before.Value
            ?? Groups.FirstOrDefault(group => group.ClassroomId is not null && group.ClassroomId == person.ClassroomId)?.Id
            ?? Groups.MinBy(group => _groupOf.Count(member => member.Value == group.Id && isHere(member.Key)))?.Id;
    }

    public void Apply(TimelineEntry entry, object body)
    {
        switch (body)
        {
            case JoinBody join:
                _known[join.ParticipantId] = (join.Name, join.ClassroomId);
                break;
            case GroupsOpenBody open:
                Clear();
                (Round, Groups, EndsAt) = (open.Round, open.Groups, open.EndsAt);
                foreach (var (group, member) in open.Groups.SelectMany(group => group.Members.Select(member => (group, member))))
                {
                    _groupOf[member] = group.Id;
                }

                break;
            case GroupsMoveBody move:
                Put(_groupOf, move.ParticipantId, move.GroupId);
                _placed.Add(move.ParticipantId);
                break;
            case GroupsVisitBody visit:
                Put(_visits, visit.ParticipantId, visit.GroupId);
                break;
            case GroupsTimerBody timer:
                (EndsAt, IsTimeUp) = (timer.EndsAt, false);
                break;
            case GroupsTimeUpBody:
                IsTimeUp = true;
                break;
            case GroupsCloseBody:
                Clear();
                break;
        }
    }

    private static void Put(Dictionary<string, string> places, string participantId, string? groupId)
    {
        if (groupId is null)
        {
            places.Remove(participantId);
        }
        else
        {
            places[participantId] = groupId;
        }
    }

    private void Clear()
    {
        _groupOf.Clear();
        _visits.Clear();
        _placed.Clear();
        (Groups, EndsAt, IsTimeUp) = ([], null, false);
    }
}
