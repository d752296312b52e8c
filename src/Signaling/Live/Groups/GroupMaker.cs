using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Groups;

/// <summary>Divides a class: at random, by classroom, or as the teacher has written it.</summary>
internal static class GroupMaker
{
    public const int Most = 50;
    private const int MostMembers = 500;
    private const int LongestName = 20;

    /// <param name="round">Of the groups to make, counted from 1: their ids are used once.</param>
    public static GroupBody[] Make(GroupPlan plan, IReadOnlyCollection<Person> people, LessonInfo lesson, int round)
    {
        var drafts = plan.How switch
        {
            GroupBy.Random => AtRandom(plan.Count, [.. people.Where(person => person is { Role: LessonRole.Student, IsAway: false })]),
            GroupBy.Classroom => ByClassroom(people, lesson),
            _ => ByHand(plan.Groups ?? [], people),
        };
        return [.. drafts.Select((draft, index) => draft with { Id = $"{round}{index + 1:00}", Name = NameOf(draft.Name, index) })];
    }

    private static GroupBody[] AtRandom(int count, Person[] pupils)
    {
        if (count is < 1 or > Most)
        {
            throw new Refusal(Refusal.BadRequest);
        }

        Random.Shared.Shuffle(pupils);
        return [.. Enumerable.Range(0, count).Select(index => Draft("", pupils.Where((_, place) => place % count == index).Select(pupil => pupil.Id)))];
    }

    private static GroupBody[] ByClassroom(IReadOnlyCollection<Person> people, LessonInfo lesson)
    {
        var groups = lesson.Classrooms
            .Select(room => Draft($"{room.SchoolShortName} {room.ClassroomName}", MembersOf(room.ClassroomId)) with { ClassroomId = room.ClassroomId })
            .Take(Most).ToArray();
        return groups.Length > 0 ? groups : throw new Refusal(Refusal.BadRequest);

        IEnumerable<string> MembersOf(string classroomId) => people
            .Where(person => person.Role is LessonRole.Student or LessonRole.Station && person.ClassroomId == classroomId)
            .Select(person => person.Id);
    }

    private static GroupBody[] ByHand(GroupDraft[] drafts, IReadOnlyCollection<Person> people)
    {
        var members = drafts.SelectMany(draft => draft.Members ?? []).ToList();
        var known = people.Where(person => person.Role is LessonRole.Student or LessonRole.Station).Select(person => person.Id).ToHashSet();
        var isGood = drafts.Length is > 0 and <= Most && members.Count <= MostMembers && members.Distinct().Count() == members.Count && members.TrueForAll(known.Contains);
        return isGood ? [.. drafts.Select(draft => Draft(draft.Name ?? "", draft.Members ?? []))] : throw new Refusal(Refusal.BadRequest);
    }

    private static GroupBody Draft(string name, IEnumerable<string> members) => new("", name, ClassroomId: null, [.. members]);

    private static string NameOf(string name, int index) => Arrival.Clean(name, LongestName) is { Length: > 0 } given ? given : $"{index + 1}";
}
