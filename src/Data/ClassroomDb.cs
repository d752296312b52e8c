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
    public DbSet<ClassroomSource> ClassroomSources => Set<ClassroomSource>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<SchoolClass> Classes => Set<SchoolClass>();
    public DbSet<Pupil> Pupils => Set<Pupil>();
    public DbSet<Lesson> Lessons => Set<Lesson>();
    public DbSet<LessonClassroom> LessonClassrooms => Set<LessonClassroom>();
    public DbSet<LessonBan> LessonBans => Set<LessonBan>();
    public DbSet<TimelineEvent> Timeline => Set<TimelineEvent>();
    public DbSet<LessonDocument> LessonDocuments => Set<LessonDocument>();
    public DbSet<LessonQuestion> LessonQuestions => Set<LessonQuestion>();
    public DbSet<Rubric> Rubrics => Set<Rubric>();
    public DbSet<Recording> Recordings => Set<Recording>();
    public DbSet<RecordingTrack> RecordingTracks => Set<RecordingTrack>();
    public DbSet<RecordingGap> RecordingGaps => Set<RecordingGap>();
    public DbSet<CatalogueNode> CatalogueNodes => Set<CatalogueNode>();
    public DbSet<KnowledgePoint> KnowledgePoints => Set<KnowledgePoint>();
    public DbSet<MicroCourse> MicroCourses => Set<MicroCourse>();
    public DbSet<Rendition> Renditions => Set<Rendition>();
    public DbSet<CoursePreset> CoursePresets => Set<CoursePreset>();
    public DbSet<CourseReview> CourseReviews => Set<CourseReview>();
    public DbSet<PointNeed> PointNeeds => Set<PointNeed>();
    public DbSet<CatalogueChange> CatalogueChanges => Set<CatalogueChange>();
    public DbSet<ShelfRow> CourseShelf => Set<ShelfRow>();
    public DbSet<CourseFile> CourseFiles => Set<CourseFile>();
    public DbSet<CourseSeries> CourseSeries => Set<CourseSeries>();
    public DbSet<CourseComment> CourseComments => Set<CourseComment>();
    public DbSet<CourseAward> CourseAwards => Set<CourseAward>();
    public DbSet<CourseWatch> CourseWatches => Set<CourseWatch>();
    public DbSet<CourseWatchDay> CourseWatchDays => Set<CourseWatchDay>();
    public DbSet<CourseAnswer> CourseAnswers => Set<CourseAnswer>();
    public DbSet<LearningStatement> LearningStatements => Set<LearningStatement>();
    public DbSet<CourseNote> CourseNotes => Set<CourseNote>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<AccessLogEntry> AccessLog => Set<AccessLogEntry>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<MediaUpload> MediaUploads => Set<MediaUpload>();
    public DbSet<RetentionRule> RetentionRules => Set<RetentionRule>();
    public DbSet<RecordingHold> RecordingHolds => Set<RecordingHold>();
    public DbSet<DeletionRecord> DeletionRecords => Set<DeletionRecord>();
    public DbSet<StorageDay> StorageDays => Set<StorageDay>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ConfigurePeople(modelBuilder);
        ConfigureLessons(modelBuilder);
        ConfigureCatalogue(modelBuilder);
        ConfigureCourses(modelBuilder);
        ConfigureViewers(modelBuilder);
        ConfigureJobs(modelBuilder);
        ConfigureRetention(modelBuilder);
        DeleteOnlyParts(modelBuilder);
    }

    private static void ConfigurePeople(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Pair>().HasMany(pair => pair.Schools).WithMany();
        modelBuilder.Entity<ClassroomRoom>().ToTable("Classrooms");
        modelBuilder.Entity<ClassroomSource>().HasKey(source => new { source.ClassroomId, source.Seat });
        modelBuilder.Entity<ClassroomRoom>().HasMany(classroom => classroom.Sources).WithOne().HasForeignKey(source => source.ClassroomId);
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
        modelBuilder.Entity<LessonDocument>().HasOne<Lesson>().WithMany().HasForeignKey(document => document.LessonId);
        modelBuilder.Entity<LessonQuestion>().HasOne<Lesson>().WithMany().HasForeignKey(question => question.LessonId);
        modelBuilder.Entity<Recording>().HasKey(recording => recording.LessonId);
        modelBuilder.Entity<Recording>().HasOne(recording => recording.Lesson).WithOne().HasForeignKey<Recording>(recording => recording.LessonId);
        modelBuilder.Entity<Recording>().HasMany(recording => recording.Tracks).WithOne().HasForeignKey(track => track.LessonId);
        modelBuilder.Entity<Recording>().HasMany(recording => recording.Gaps).WithOne().HasForeignKey(gap => gap.LessonId);
        modelBuilder.Entity<MediaUpload>().HasIndex(upload => upload.AccountId);
        modelBuilder.Entity<AccessLogEntry>().HasIndex(entry => entry.At);
        modelBuilder.Entity<AccessLogEntry>().HasIndex(entry => new { entry.ObjectId, entry.AccountId });
    }

    private static void ConfigureCatalogue(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CatalogueNode>().HasIndex(node => node.ParentId);
        modelBuilder.Entity<KnowledgePoint>().HasIndex(point => point.NodeId);
        modelBuilder.Entity<PointNeed>().HasKey(need => new { need.PointId, need.NeedsId });
        modelBuilder.Entity<ShelfRow>().HasKey(row => row.Number);
        modelBuilder.Entity<ShelfRow>().HasIndex(row => row.CourseId).IsUnique();
        modelBuilder.Entity<ShelfRow>().HasIndex(row => row.ChangedAt);
        modelBuilder.Entity<CourseFile>().HasOne<MicroCourse>().WithMany().HasForeignKey(file => file.MicroCourseId);
        modelBuilder.Entity<CourseSeries>().HasMany(series => series.Items).WithOne().HasForeignKey(item => item.SeriesId);
        modelBuilder.Entity<CourseSeriesItem>().HasKey(item => new { item.SeriesId, item.MicroCourseId });
        modelBuilder.Entity<CourseSeriesItem>().HasOne<MicroCourse>().WithMany().HasForeignKey(item => item.MicroCourseId);
    }

    private static void ConfigureCourses(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<MicroCoursePoint>().HasKey(link => new { link.MicroCourseId, link.KnowledgePointId });
        modelBuilder.Entity<MicroCourse>().HasMany(course => course.Points).WithOne().HasForeignKey(link => link.MicroCourseId);
        modelBuilder.Entity<MicroCourse>().HasMany(course => course.Chapters).WithOne().HasForeignKey(chapter => chapter.MicroCourseId);
        modelBuilder.Entity<MicroCourse>().HasMany(course => course.Cues).WithOne().HasForeignKey(cue => cue.MicroCourseId);
        modelBuilder.Entity<CourseQuestion>().HasKey(question => new { question.MicroCourseId, question.Id });
        modelBuilder.Entity<MicroCourse>().HasMany(course => course.Questions).WithOne().HasForeignKey(question => question.MicroCourseId);
        modelBuilder.Entity<MicroCourse>().HasOne(course => course.Author).WithMany().HasForeignKey(course => course.AuthorAccountId);
        modelBuilder.Entity<MicroCourse>().HasOne(course => course.Rendition).WithMany().HasForeignKey(course => course.RenditionId);
        modelBuilder.Entity<MicroCourse>().HasIndex(course => new { course.State, course.NodeId });
        modelBuilder.Entity<MicroCourse>().HasIndex(course => new { course.State, course.PublishedAt });
        modelBuilder.Entity<CourseReview>().HasOne(review => review.Reviewer).WithMany().HasForeignKey(review => review.ReviewerAccountId);
        modelBuilder.Entity<CourseReview>().HasIndex(review => review.MicroCourseId);
        modelBuilder.Entity<CourseReview>().HasIndex(review => review.ReviewerAccountId);
        modelBuilder.Entity<MicroCourse>().HasIndex(course => course.ReviewLevel).HasFilter("\"ReviewLevel\" IS NOT NULL");
        modelBuilder.Entity<CourseComment>().HasIndex(comment => comment.MicroCourseId);
        modelBuilder.Entity<CourseAward>().HasIndex(award => award.MicroCourseId);
        modelBuilder.Entity<CourseAward>().HasOne(award => award.RecordedBy).WithMany().HasForeignKey(award => award.RecordedByAccountId);
    }

    private static void ConfigureViewers(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CourseWatch>().HasKey(watch => new { watch.MicroCourseId, watch.AccountId });
        modelBuilder.Entity<CourseWatch>().Property(watch => watch.Version).IsConcurrencyToken();
        modelBuilder.Entity<CourseWatchDay>().HasKey(day => new { day.MicroCourseId, day.AccountId, day.Day });
        modelBuilder.Entity<CourseWatchDay>().HasIndex(day => day.Day);
        modelBuilder.Entity<CourseAnswer>().HasKey(answer => new { answer.MicroCourseId, answer.QuestionId, answer.AccountId });
        modelBuilder.Entity<CourseQuestion>().HasMany(question => question.Answers).WithOne().HasForeignKey(answer => new { answer.MicroCourseId, answer.QuestionId });
        modelBuilder.Entity<LearningStatement>().HasKey(statement => statement.Number);
        modelBuilder.Entity<LearningStatement>().HasIndex(statement => statement.Id).IsUnique();
        modelBuilder.Entity<LearningStatement>().HasIndex(statement => statement.RefusedAt);
        modelBuilder.Entity<CourseNote>().HasIndex(note => new { note.AccountId, note.MicroCourseId });
        modelBuilder.Entity<Notification>().HasIndex(notification => new { notification.AccountId, notification.At });
    }

    private static void ConfigureJobs(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Job>().HasIndex(job => new { job.State, job.RunAfter });

        // Asking twice for the same work gives the same job, also when two requests race.
        modelBuilder.Entity<Job>().HasIndex(job => new { job.Kind, job.SubjectId }).IsUnique()
            .HasFilter("\"State\" IN ('Queued', 'Running')");
    }

    // Holds and deletion records have no link to what they are about: they stay when it goes.
    private static void ConfigureRetention(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<RetentionRule>().HasKey(rule => rule.Kind);
        modelBuilder.Entity<RetentionRule>().HasOne(rule => rule.ChangedBy).WithMany().HasForeignKey(rule => rule.ChangedByAccountId);
        modelBuilder.Entity<RecordingHold>().HasIndex(hold => hold.LessonId);
        modelBuilder.Entity<RecordingHold>().HasOne(hold => hold.By).WithMany().HasForeignKey(hold => hold.ByAccountId);
        modelBuilder.Entity<RecordingHold>().HasOne(hold => hold.ReleasedBy).WithMany().HasForeignKey(hold => hold.ReleasedByAccountId);
        modelBuilder.Entity<DeletionRecord>().HasIndex(record => record.OrderedAt);
        modelBuilder.Entity<DeletionRecord>().HasIndex(record => record.SubjectId);
        modelBuilder.Entity<StorageDay>().HasKey(day => new { day.Day, day.Part });
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
