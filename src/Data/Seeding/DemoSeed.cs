using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Data.Seeding;

/// <summary>An account of the demo, for the banner at the start.</summary>
public sealed record DemoAccount(string UserName, string DisplayName, AccountRole Role, string? SchoolName, string Password);

/// <summary>
/// Two regions with paired schools, their classrooms, classes and accounts, a chapter tree with knowledge points and some lessons.
/// Adds what is missing and never changes what is there, so it may run at each start.
/// </summary>
public static class DemoSeed
{
    private static readonly TimeSpan ChinaStandardTime = TimeSpan.FromHours(8);

    public static async Task<IReadOnlyList<DemoAccount>> ApplyAsync(ClassroomDb db, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var (schools, people) = (SeedFiles.Schools, SeedFiles.People);
        await AddSchoolsAsync(db, schools, cancellationToken);
        await AddPeopleAsync(db, people, now, cancellationToken);
        await AddCatalogueAsync(db, cancellationToken);
        await AddLessonsAsync(db, now, cancellationToken);
        await AddRubricAsync(db, now, cancellationToken);

        var names = schools.Schools.ToDictionary(school => school.Id, school => school.Name, StringComparer.Ordinal);
        return [.. people.Accounts.Select(account => new DemoAccount(
            account.UserName, account.DisplayName, account.Role, account.SchoolId is { } id ? names[id] : null, people.Password))];
    }

    private static async Task AddSchoolsAsync(ClassroomDb db, SchoolsFile file, CancellationToken cancellationToken)
    {
        await AddMissingAsync(db, db.Regions, region => region.Id, file.Regions, cancellationToken);
        await AddMissingAsync(db, db.Schools, school => school.Id, file.Schools, cancellationToken);
        await AddMissingAsync(db, db.Classrooms, room => room.Id, file.Classrooms.Select(room => new ClassroomRoom
        {
            Id = room.Id,
            SchoolId = room.SchoolId,
            Name = room.Name,
            Seats = string.Join(',', room.Seats),
        }), cancellationToken);

        var schools = await db.Schools.ToDictionaryAsync(school => school.Id, StringComparer.Ordinal, cancellationToken);
        await AddMissingAsync(db, db.Pairs, pair => pair.Id, file.Pairs.Select(pair => new Pair
        {
            Id = pair.Id,
            Name = pair.Name,
            Schools = [.. pair.SchoolIds.Select(id => schools[id])],
        }), cancellationToken);
    }

    private static async Task AddPeopleAsync(ClassroomDb db, PeopleFile file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Sign-in names count too: an account of that name may have been made by hand.
        var names = await db.Accounts.Select(account => account.UserName).ToListAsync(cancellationToken);
        var hasher = new PasswordHasher<Account>();
        foreach (var seed in file.Accounts.Where(seed => !names.Contains(seed.UserName, StringComparer.Ordinal)))
        {
            var account = new Account
            {
                Id = seed.Id,
                UserName = seed.UserName,
                DisplayName = seed.DisplayName,
                Role = seed.Role,
                SchoolId = seed.SchoolId,
                RegionId = seed.RegionId,
                Subject = seed.Subject,
                CreatedAt = now.UtcDateTime,
            };
            account.PasswordHash = hasher.HashPassword(account, file.Password);
            db.Accounts.Add(account);
        }

        await db.SaveChangesAsync(cancellationToken);
        await AddMissingAsync(db, db.Classes, group => group.Id, file.Classes.Select(group => new SchoolClass
        {
            Id = group.Id,
            SchoolId = group.SchoolId,
            Name = group.Name,
            Pupils = [.. group.Pupils.Select((name, index) => ToPupil(group.Id, index + 1, name))],
        }), cancellationToken);
    }

    private static Pupil ToPupil(string classId, int number, string name) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{classId}-{number:00}"),
        SchoolClassId = classId,
        Number = number.ToString("00", CultureInfo.InvariantCulture),
        Name = name,
    };

    private static async Task AddCatalogueAsync(ClassroomDb db, CancellationToken cancellationToken)
    {
        var catalogue = new CatalogueSeed(SeedFiles.Catalogue);
        await AddMissingAsync(db, db.CatalogueNodes, node => node.Id, catalogue.Nodes, cancellationToken);
        await AddMissingAsync(db, db.KnowledgePoints, point => point.Id, catalogue.Points, cancellationToken);
    }

    private static async Task AddLessonsAsync(ClassroomDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = now.ToOffset(ChinaStandardTime).Date;
        var lessons = SeedFiles.Lessons.Select(seed => ToLesson(seed, today, now)).ToList();

        // Lessons that nobody held come round again, so that a demo started next month still has a timetable.
        var existing = await db.Lessons.Where(lesson => lessons.Select(seed => seed.Id).Contains(lesson.Id)).ToListAsync(cancellationToken);
        foreach (var lesson in existing.Where(lesson => lesson.State == LessonState.Planned && lesson.PlannedEnd < now.UtcDateTime))
        {
            var seed = lessons.Find(seed => seed.Id == lesson.Id)!;
            (lesson.PlannedStart, lesson.PlannedEnd) = (seed.PlannedStart, seed.PlannedEnd);
        }

        await AddMissingAsync(db, db.Lessons, lesson => lesson.Id, lessons, cancellationToken);
    }

    private static async Task AddRubricAsync(ClassroomDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await db.Rubrics.AnyAsync(cancellationToken))
        {
            var rubric = RubricSeed.Default();
            rubric.UpdatedAt = now.UtcDateTime;
            db.Rubrics.Add(rubric);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private static Lesson ToLesson(SeedLesson seed, DateTime today, DateTimeOffset now)
    {
        var start = new DateTimeOffset(today.AddDays(seed.Day) + seed.Start.ToTimeSpan(), ChinaStandardTime).UtcDateTime;
        return new Lesson
        {
            Id = seed.Id,
            Title = seed.Title,
            Subject = seed.Subject,
            Grade = seed.Grade,
            Kind = seed.Kind,
            PlannedStart = start,
            PlannedEnd = start.AddMinutes(seed.Minutes),
            State = seed.AlwaysOpen ? LessonState.Open : LessonState.Planned,
            OpenedAt = seed.AlwaysOpen ? now.UtcDateTime : null,
            IsAlwaysOpen = seed.AlwaysOpen,
            TeacherAccountId = seed.TeacherId,
            PairId = seed.PairId,
            ChapterNodeId = CatalogueSeed.NodeId(seed.Chapter),
            Pin = seed.Pin,
            Classrooms = [.. seed.Classrooms.Select(room => new LessonClassroom
            {
                LessonId = seed.Id,
                ClassroomId = room.ClassroomId,
                SchoolClassId = room.SchoolClassId,
                IsHost = room.IsHost,
            })],
        };
    }

    private static async Task AddMissingAsync<T>(ClassroomDb db, DbSet<T> rows, Func<T, string> idOf, IEnumerable<T> wanted, CancellationToken cancellationToken)
        where T : class
    {
        var present = (await rows.AsNoTracking().ToListAsync(cancellationToken)).Select(idOf).ToHashSet(StringComparer.Ordinal);
        rows.AddRange(wanted.Where(row => !present.Contains(idOf(row))));
        await db.SaveChangesAsync(cancellationToken);
    }
}
