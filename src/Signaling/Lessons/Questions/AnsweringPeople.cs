using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;

namespace Classroom.Signaling.Lessons.Questions;

/// <summary>The children of a lesson: the rosters of its classes, and who came beside them. A child is a name in a classroom, on whatever tablet.</summary>
internal sealed class AnsweringPeople
{
    private readonly List<AnsweringPerson> _people = [];
    private readonly Dictionary<(string? ClassroomId, string Name), int> _places = [];
    private readonly Dictionary<string, int> _byParticipant = [];

    public AnsweringPeople(IEnumerable<RosterPupil> roster)
    {
        foreach (var pupil in roster)
        {
            _places.TryAdd((pupil.ClassroomId, pupil.Name), _people.Count);
            _people.Add(new AnsweringPerson(pupil.Name, pupil.SchoolName, pupil.ClassName, pupil.Number, WasHere: false));
        }
    }

    public void Came(JoinBody join)
    {
        var key = (join.ClassroomId, join.Name);
        if (!_places.TryGetValue(key, out var place))
        {
            _places[key] = place = _people.Count;
            _people.Add(new AnsweringPerson(join.Name, join.SchoolShortName ?? "", Class: "", Number: "", WasHere: true));
        }

        _people[place] = _people[place] with { WasHere = true };
        _byParticipant[join.ParticipantId] = place;
    }

    /// <summary>-1 for someone who never joined.</summary>
    public int PlaceOf(string participantId) => _byParticipant.GetValueOrDefault(participantId, -1);

    public AnsweringPerson[] ToArray() => [.. _people];
}
