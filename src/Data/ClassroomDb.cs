using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Classroom.Data;

/// <summary>The model, shared by both providers. All times are UTC.</summary>
public abstract class ClassroomDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<Region> Regions => Set<Region>();
    public DbSet<School> Schools => Set<School>();
    public DbSet<Pair> Pairs => Set<Pair>();
    public DbSet<ClassroomRoom> Classrooms => Set<ClassroomRoom>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<SchoolClass> Classes => Set<SchoolClass>();
    public DbSet<Pupil> Pupils => Set<Pupil>();
    public DbSet<Lesson> Lessons => Set<Lesson>();
    public DbSet<LessonClassroom> LessonClassrooms => Set<LessonClassroom>();
    public DbSet<LessonBan> LessonBans => Set<LessonBan>();
    public DbSet<TimelineEvent> Timeline => Set<TimelineEvent>();
    public DbSet<Recording> Recordings => Set<Recording>();
    public DbSet<RecordingTrack> RecordingTracks => Set<RecordingTrack>();
    public DbSet<RecordingGap> RecordingGaps => Set<RecordingGap>();
    public DbSet<CatalogueNode> CatalogueNodes => Set<CatalogueNode>();
    public DbSet<KnowledgePoint> KnowledgePoints => Set<KnowledgePoint>();
    public DbSet<MicroCourse> MicroCourses => Set<MicroCourse>();
    public DbSet<Rendition> Renditions => Set<Rendition>();
    public DbSet<CourseReview> CourseReviews => Set<CourseReview>();
    public DbSet<AccessLogEntry> AccessLog => Set<AccessLogEntry>();
    public DbSet<Job> Jobs => Set<Job>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ConfigurePeople(modelBuilder);
        ConfigureLessons(modelBuilder);
        ConfigureCourses(modelBuilder);
        ConfigureJobs(modelBuilder);
        DeleteOnlyParts(modelBuilder);
    }

    private static void ConfigurePeople(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Pair>().HasMany(pair => pair.Schools).WithMany();
        modelBuilder.Entity<ClassroomRoom>().ToTable("Classrooms");
        modelBuilder.Entity<Account>().HasIndex(account => account.UserName).IsUnique();
        modelBuilder.Entity<Pupil>().HasIndex(pupil => new { pupil.SchoolClassId, pupil.Number }).IsUnique();
    }

    private static void ConfigureLessons(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Lesson>().HasIndex(lesson => lesson.PlannedStart);
        modelBuilder.Entity<Lesson>().HasIndex(lesson => lesson.Pin);
        modelBuilder.Entity<Lesson>().HasMany(lesson => lesson.Classrooms).WithOne().HasForeignKey(link => link.LessonId);
        modelBuilder.Entity<Lesson>().HasOne(lesson => lesson.Teacher).WithMany().HasForeignKey(lesson => lesson.TeacherAccountId);
        modelBuilder.Entity<LessonClassroom>().HasKey(link => new { link.LessonId, link.ClassroomId });
        modelBuilder.Entity<LessonBan>().HasKey(ban => new { ban.LessonId, ban.Key });
        modelBuilder.Entity<TimelineEvent>().HasKey(e => new { e.LessonId, e.Seq });
        modelBuilder.Entity<TimelineEvent>().HasIndex(e => new { e.LessonId, e.Who, e.Key }).IsUnique();
        modelBuilder.Entity<Recording>().HasKey(recording => recording.LessonId);
        modelBuilder.Entity<Recording>().HasOne(recording => recording.Lesson).WithOne().HasForeignKey<Recording>(recording => recording.LessonId);
        modelBuilder.Entity<Recording>().HasMany(recording => recording.Tracks).WithOne().HasForeignKey(track => track.LessonId);
        modelBuilder.Entity<Recording>().HasMany(recording => recording.Gaps).WithOne().HasForeignKey(gap => gap.LessonId);
        modelBuilder.Entity<AccessLogEntry>().HasIndex(entry => entry.At);
        modelBuilder.Entity<AccessLogEntry>().HasIndex(entry => new { entry.ObjectId, entry.AccountId });
    }

    private static void ConfigureCourses(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CatalogueNode>().HasIndex(node => node.ParentId);
        modelBuilder.Entity<KnowledgePoint>().HasIndex(point => point.NodeId);
        modelBuilder.Entity<MicroCoursePoint>().HasKey(link => new { link.MicroCourseId, link.KnowledgePointId });
        modelBuilder.Entity<MicroCourse>().HasMany(course => course.Points).WithOne().HasForeignKey(link => link.MicroCourseId);
        modelBuilder.Entity<MicroCourse>().HasMany(course => course.Chapters).WithOne().HasForeignKey(chapter => chapter.MicroCourseId);
        modelBuilder.Entity<MicroCourse>().HasOne(course => course.Author).WithMany().HasForeignKey(course => course.AuthorAccountId);
        modelBuilder.Entity<MicroCourse>().HasOne(course => course.Rendition).WithMany().HasForeignKey(course => course.RenditionId);
        modelBuilder.Entity<MicroCourse>().HasIndex(course => new { course.State, course.NodeId });
        modelBuilder.Entity<MicroCourse>().HasIndex(course => new { course.State, course.PublishedAt });
        modelBuilder.Entity<CourseReview>().HasOne(review => review.Reviewer).WithMany().HasForeignKey(review => review.ReviewerAccountId);
        modelBuilder.Entity<CourseReview>().HasIndex(review => review.MicroCourseId);
    }

    private static void ConfigureJobs(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Job>().HasIndex(job => new { job.State, job.RunAfter });

        // Asking twice for the same work gives the same job, also when two requests race.
        modelBuilder.Entity<Job>().HasIndex(job => new { job.Kind, job.SubjectId }).IsUnique()
            .HasFilter("\"State\" IN ('Queued', 'Running')");
    }

    /// <summary>A row takes its parts with it (a course its chapters); it never takes what merely points to it (an account its courses).</summary>
    private static void DeleteOnlyParts(ModelBuilder modelBuilder)
    {
        var links = modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetForeignKeys())
            .Where(link => link.IsRequired && link.PrincipalToDependent is null);
        foreach (var link in links.Where(link => !link.DeclaringEntityType.HasSharedClrType))
        {
            link.DeleteBehavior = DeleteBehavior.Restrict;
        }
    }

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        value => value.Kind == DateTimeKind.Utc ? value : value.ToUniversalTime(),
        value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}

/// <summary>The embedded default.</summary>
public sealed class SqliteClassroomDb(DbContextOptions<SqliteClassroomDb> options) : ClassroomDb(options);

/// <summary>Production.</summary>
public sealed class PostgresClassroomDb(DbContextOptions<PostgresClassroomDb> options) : ClassroomDb(options);
