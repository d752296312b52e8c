using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;

namespace Classroom.Signaling.Lessons.Attendance;

/// <summary>Someone as the timeline names them: one person with two tablets is one person.</summary>
internal sealed record PresentPerson(LessonRole Role, string Name, string? ClassroomId);

/// <summary>When somebody was there, within the lesson.</summary>
/// <param name="Spans">In order, without overlaps.</param>
internal sealed record Presence(PresentPerson Person, bool IsHere, IReadOnlyList<PresenceSpan> Spans)
{
    public long TotalMs => Spans.Sum(span => span.To - span.From);
}

/// <summary>Reads who was there from joins, leaves and lost connections. A lost connection counts as absence.</summary>
internal sealed class PresenceBook
{
    private readonly Dictionary<string, PresentPerson> _people = [];
    private readonly Dictionary<string, long> _hereSince = [];
    private readonly Dictionary<PresentPerson, List<PresenceSpan>> _spans = [];

    /// <summary>Kinds of events that matter.</summary>
    public static string[] Kinds { get; } = [EventKinds.Join, EventKinds.Leave, EventKinds.Away, EventKinds.Back, EventKinds.Remove, EventKinds.Ended];

    /// <param name="entries">In order.</param>
    /// <param name="now">The end of the lesson on its clock, or where it is now.</param>
    public static IReadOnlyList<Presence> Read(IEnumerable<TimelineEntry> entries, long now)
    {
        var book = new PresenceBook();
        foreach (var entry in entries)
        {
            if (EventKinds.Read(entry.Kind, entry.Body) is { } body)
            {
                book.Take(entry, body);
            }
        }

        return book.Close(now);
    }

    private void Take(TimelineEntry entry, object body)
    {
        switch (body)
        {
            case JoinBody join:
                var person = new PresentPerson(Enum.Parse<LessonRole>(join.Role), join.Name, join.ClassroomId);
                _people[join.ParticipantId] = person;
                _spans.TryAdd(person, []);
                Comes(join.ParticipantId, entry.At);
                break;
            case BackBody back:
                Comes(back.ParticipantId, entry.At);
                break;
            case AwayBody away:
                Goes(away.ParticipantId, entry.At);
                break;
            case LeaveBody leave:
                Goes(leave.ParticipantId, entry.At);
                break;
            case RemoveBody remove:
                Goes(remove.ParticipantId, entry.At);
                break;
        }
    }

    private void Comes(string participantId, long at) => _hereSince.TryAdd(participantId, at);

    private void Goes(string participantId, long at)
    {
        if (_hereSince.Remove(participantId, out var since) && _people.TryGetValue(participantId, out var person))
        {
            _spans[person].Add(new PresenceSpan(since, at));
        }
    }

    private List<Presence> Close(long now)
    {
        var here = _hereSince.Keys.Select(id => _people.GetValueOrDefault(id)).OfType<PresentPerson>().ToHashSet();
        foreach (var id in _hereSince.Keys.ToList())
        {
            Goes(id, now);
        }

        return [.. _spans.Select(entry => new Presence(entry.Key, here.Contains(entry.Key), Merge(entry.Value, now)))];
    }

    // Only what lies within the lesson counts, and a second device adds nothing.
    private static List<PresenceSpan> Merge(List<PresenceSpan> spans, long end)
    {
        List<PresenceSpan> merged = [];
        foreach (var span in spans.Select(span => new PresenceSpan(Math.Max(0, span.From), Math.Min(end, span.To))).Where(span => span.To > span.From).OrderBy(span => span.From))
        {
            if (merged.Count > 0 && span.From <= merged[^1].To)
            {
                merged[^1] = merged[^1] with { To = Math.Max(merged[^1].To, span.To) };
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }
}
