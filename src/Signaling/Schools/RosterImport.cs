using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Schools;

/// <summary>Makes a class's roster what the file says: pupils are known by their number; who is not in the file leaves.</summary>
internal static class RosterImport
{
    private const int LongestNumber = 32;
    private const int LongestName = 32;
    private static readonly string[][] Columns = [["number", "学号", "座号"], ["name", "姓名"], ["recorded", "录像"]];
    private static readonly string[] MayBe = ["yes", "是", "可以"];
    private static readonly string[] MayNotBe = ["no", "否", "不录"];

    public static async Task<ImportReport> RunAsync(ClassroomDb db, string classId, string text, bool isDryRun, CancellationToken cancellationToken)
    {
        List<ImportProblem> problems = [];
        var lines = CsvFile.Read(text, Columns, needed: 2, problems);
        Check(lines, problems);
        var old = await db.Pupils.Where(pupil => pupil.SchoolClassId == classId).ToDictionaryAsync(pupil => pupil.Number, cancellationToken);
        var wanted = lines.DistinctBy(line => line.Values[0]).ToDictionary(line => line.Values[0], line => (Name: line.Values[1], MayNotBeRecorded: Consent(line.Values[2])));
        var added = wanted.Where(entry => !old.ContainsKey(entry.Key)).ToList();
        var changed = wanted.Where(entry => old.TryGetValue(entry.Key, out var pupil) && Differs(pupil, entry.Value)).ToList();
        var removed = old.Values.Where(pupil => !wanted.ContainsKey(pupil.Number)).ToList();
        var isApplied = !isDryRun && problems.Count == 0;
        if (isApplied)
        {
            db.Pupils.AddRange(added.Select(entry => new Pupil { SchoolClassId = classId, Number = entry.Key, Name = entry.Value.Name, MayNotBeRecorded = entry.Value.MayNotBeRecorded ?? false }));
            changed.ForEach(entry => Change(old[entry.Key], entry.Value));
            db.Pupils.RemoveRange(removed);
            await db.SaveChangesAsync(cancellationToken);
        }

        return new ImportReport(isApplied, added.Count, changed.Count, removed.Count, [.. problems.OrderBy(problem => problem.Line)]);
    }

    private static bool Differs(Pupil pupil, (string Name, bool? MayNotBeRecorded) wanted) =>
        pupil.Name != wanted.Name || (wanted.MayNotBeRecorded is { } mayNot && mayNot != pupil.MayNotBeRecorded);

    private static void Change(Pupil pupil, (string Name, bool? MayNotBeRecorded) wanted) =>
        (pupil.Name, pupil.MayNotBeRecorded) = (wanted.Name, wanted.MayNotBeRecorded ?? pupil.MayNotBeRecorded);

    /// <summary>Whether a child may not be recorded; null where the file does not say: what was set by hand stays.</summary>
    private static bool? Consent(string word) =>
        MayNotBe.Contains(word, StringComparer.OrdinalIgnoreCase) ? true : MayBe.Contains(word, StringComparer.OrdinalIgnoreCase) ? false : null;

    private static void Check(List<CsvLine> lines, List<ImportProblem> problems)
    {
        Dictionary<string, int> seen = [];
        foreach (var line in lines)
        {
            var (number, name) = (line.Values[0], line.Values[1]);
            if (number.Length is 0 or > LongestNumber)
            {
                problems.Add(number.Length == 0 ? new ImportProblem(line.Line, "The number is missing.", "no_number") : new ImportProblem(line.Line, "The number is too long.", "long_number"));
            }
            else if (!seen.TryAdd(number, line.Line))
            {
                problems.Add(new ImportProblem(line.Line, $"The number {number} is already in line {seen[number]}.", "twice", number));
            }

            if (name.Length is 0 or > LongestName)
            {
                problems.Add(name.Length == 0 ? new ImportProblem(line.Line, "The name is missing.", "no_name") : new ImportProblem(line.Line, "The name is too long.", "long_name"));
            }

            if (line.Values[2] is { Length: > 0 } word && Consent(word) is null)
            {
                problems.Add(new ImportProblem(line.Line, $"\"{word}\" is neither yes nor no.", "bad_recorded", word));
            }
        }

        if (lines.Count == 0 && problems.Count == 0)
        {
            problems.Add(new ImportProblem(1, "The file has no pupils.", "no_pupils"));
        }
    }
}
