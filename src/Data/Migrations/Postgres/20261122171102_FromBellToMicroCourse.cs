using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Classroom.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FromBellToMicroCourse : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "DraftDurationMs",
                table: "Recordings",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "DraftKey",
                table: "Recordings",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsHeld",
                table: "Recordings",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "StoredBytes",
                table: "Recordings",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsAnalysed",
                table: "RecordingTracks",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "MayNotBeRecorded",
                table: "Pupils",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "ApprovedLevel",
                table: "MicroCourses",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Award",
                table: "MicroCourses",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsPublic",
                table: "MicroCourses",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "RecognisedVtt",
                table: "MicroCourses",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ReviewLevel",
                table: "MicroCourses",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RedirectToId",
                table: "KnowledgePoints",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ErrorCode",
                table: "Jobs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Level",
                table: "CourseReviews",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "IsRetired",
                table: "CatalogueNodes",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Version",
                table: "CatalogueNodes",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "CatalogueChanges",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AccountId = table.Column<string>(type: "text", nullable: true),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    ObjectId = table.Column<string>(type: "text", nullable: true),
                    Words = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CatalogueChanges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CourseAwards",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    MicroCourseId = table.Column<string>(type: "text", nullable: false),
                    Level = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Activity = table.Column<string>(type: "text", nullable: false),
                    Issuer = table.Column<string>(type: "text", nullable: false),
                    Year = table.Column<int>(type: "integer", nullable: false),
                    Certificate = table.Column<string>(type: "text", nullable: false),
                    RecordedByAccountId = table.Column<string>(type: "text", nullable: true),
                    RecordedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseAwards", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CourseAwards_Accounts_RecordedByAccountId",
                        column: x => x.RecordedByAccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "CourseComments",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    MicroCourseId = table.Column<string>(type: "text", nullable: false),
                    AccountId = table.Column<string>(type: "text", nullable: false),
                    AtMs = table.Column<long>(type: "bigint", nullable: true),
                    Text = table.Column<string>(type: "text", nullable: false),
                    IsDone = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseComments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CourseComments_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CourseCue",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    MicroCourseId = table.Column<string>(type: "text", nullable: false),
                    FromMs = table.Column<long>(type: "bigint", nullable: false),
                    ToMs = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseCue", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CourseCue_MicroCourses_MicroCourseId",
                        column: x => x.MicroCourseId,
                        principalTable: "MicroCourses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CourseFiles",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    MicroCourseId = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    ObjectKey = table.Column<string>(type: "text", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    UploaderAccountId = table.Column<string>(type: "text", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CourseFiles_MicroCourses_MicroCourseId",
                        column: x => x.MicroCourseId,
                        principalTable: "MicroCourses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CourseNotes",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    MicroCourseId = table.Column<string>(type: "text", nullable: false),
                    AccountId = table.Column<string>(type: "text", nullable: false),
                    AtMs = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseNotes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CoursePresets",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    RulesJson = table.Column<string>(type: "text", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CoursePresets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CourseQuestion",
                columns: table => new
                {
                    MicroCourseId = table.Column<string>(type: "text", nullable: false),
                    Id = table.Column<string>(type: "text", nullable: false),
                    AtMs = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    Choices = table.Column<string>(type: "text", nullable: false),
                    Answer = table.Column<string>(type: "text", nullable: false),
                    Explanation = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseQuestion", x => new { x.MicroCourseId, x.Id });
                    table.ForeignKey(
                        name: "FK_CourseQuestion_MicroCourses_MicroCourseId",
                        column: x => x.MicroCourseId,
                        principalTable: "MicroCourses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CourseSeries",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Title = table.Column<string>(type: "text", nullable: false),
                    Description = table.Column<string>(type: "text", nullable: false),
                    IsShown = table.Column<bool>(type: "boolean", nullable: false),
                    AuthorAccountId = table.Column<string>(type: "text", nullable: true),
                    UpdatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseSeries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CourseShelf",
                columns: table => new
                {
                    Number = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CourseId = table.Column<string>(type: "text", nullable: false),
                    IsShown = table.Column<bool>(type: "boolean", nullable: false),
                    NodeId = table.Column<string>(type: "text", nullable: true),
                    SchoolId = table.Column<string>(type: "text", nullable: true),
                    Type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Level = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Award = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    TeacherName = table.Column<string>(type: "text", nullable: false),
                    PointIds = table.Column<string>(type: "text", nullable: false),
                    PublishedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseShelf", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "CourseWatchDays",
                columns: table => new
                {
                    MicroCourseId = table.Column<string>(type: "text", nullable: false),
                    AccountId = table.Column<string>(type: "text", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Seconds = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseWatchDays", x => new { x.MicroCourseId, x.AccountId, x.Day });
                });

            migrationBuilder.CreateTable(
                name: "CourseWatches",
                columns: table => new
                {
                    MicroCourseId = table.Column<string>(type: "text", nullable: false),
                    AccountId = table.Column<string>(type: "text", nullable: false),
                    Seconds = table.Column<byte[]>(type: "bytea", nullable: false),
                    WatchedSeconds = table.Column<int>(type: "integer", nullable: false),
                    PositionMs = table.Column<long>(type: "bigint", nullable: false),
                    FirstAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LastAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseWatches", x => new { x.MicroCourseId, x.AccountId });
                });

            migrationBuilder.CreateTable(
                name: "DeletionRecords",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    SubjectId = table.Column<string>(type: "text", nullable: false),
                    Title = table.Column<string>(type: "text", nullable: false),
                    Cause = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Days = table.Column<int>(type: "integer", nullable: true),
                    AccountId = table.Column<string>(type: "text", nullable: true),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    OrderedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CountedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    Objects = table.Column<int>(type: "integer", nullable: false),
                    DoneAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeletionRecords", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DeletionRecords_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "MediaUploads",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    Title = table.Column<string>(type: "text", nullable: false),
                    FileName = table.Column<string>(type: "text", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Error = table.Column<string>(type: "text", nullable: true),
                    AccountId = table.Column<string>(type: "text", nullable: true),
                    RecordedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MediaUploads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Notifications",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    AccountId = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    CourseId = table.Column<string>(type: "text", nullable: false),
                    Title = table.Column<string>(type: "text", nullable: false),
                    Words = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    IsRead = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notifications", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PointNeeds",
                columns: table => new
                {
                    PointId = table.Column<string>(type: "text", nullable: false),
                    NeedsId = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PointNeeds", x => new { x.PointId, x.NeedsId });
                });

            migrationBuilder.CreateTable(
                name: "RecordingHolds",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    LessonId = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    ByAccountId = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ReleasedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ReleasedByAccountId = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecordingHolds", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RecordingHolds_Accounts_ByAccountId",
                        column: x => x.ByAccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RecordingHolds_Accounts_ReleasedByAccountId",
                        column: x => x.ReleasedByAccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "RetentionRules",
                columns: table => new
                {
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Days = table.Column<int>(type: "integer", nullable: true),
                    ChangedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ChangedByAccountId = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RetentionRules", x => x.Kind);
                    table.ForeignKey(
                        name: "FK_RetentionRules_Accounts_ChangedByAccountId",
                        column: x => x.ChangedByAccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "StorageDays",
                columns: table => new
                {
                    Day = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Part = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StorageDays", x => new { x.Day, x.Part });
                });

            migrationBuilder.CreateTable(
                name: "CourseAnswers",
                columns: table => new
                {
                    MicroCourseId = table.Column<string>(type: "text", nullable: false),
                    QuestionId = table.Column<string>(type: "text", nullable: false),
                    AccountId = table.Column<string>(type: "text", nullable: false),
                    IsRight = table.Column<bool>(type: "boolean", nullable: false),
                    Tries = table.Column<int>(type: "integer", nullable: false),
                    FirstAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseAnswers", x => new { x.MicroCourseId, x.QuestionId, x.AccountId });
                    table.ForeignKey(
                        name: "FK_CourseAnswers_CourseQuestion_MicroCourseId_QuestionId",
                        columns: x => new { x.MicroCourseId, x.QuestionId },
                        principalTable: "CourseQuestion",
                        principalColumns: new[] { "MicroCourseId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CourseSeriesItem",
                columns: table => new
                {
                    SeriesId = table.Column<string>(type: "text", nullable: false),
                    MicroCourseId = table.Column<string>(type: "text", nullable: false),
                    Order = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseSeriesItem", x => new { x.SeriesId, x.MicroCourseId });
                    table.ForeignKey(
                        name: "FK_CourseSeriesItem_CourseSeries_SeriesId",
                        column: x => x.SeriesId,
                        principalTable: "CourseSeries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CourseSeriesItem_MicroCourses_MicroCourseId",
                        column: x => x.MicroCourseId,
                        principalTable: "MicroCourses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_MicroCourses_ReviewLevel",
                table: "MicroCourses",
                column: "ReviewLevel",
                filter: "\"ReviewLevel\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CourseAwards_MicroCourseId",
                table: "CourseAwards",
                column: "MicroCourseId");

            migrationBuilder.CreateIndex(
                name: "IX_CourseAwards_RecordedByAccountId",
                table: "CourseAwards",
                column: "RecordedByAccountId");

            migrationBuilder.CreateIndex(
                name: "IX_CourseComments_AccountId",
                table: "CourseComments",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_CourseComments_MicroCourseId",
                table: "CourseComments",
                column: "MicroCourseId");

            migrationBuilder.CreateIndex(
                name: "IX_CourseCue_MicroCourseId",
                table: "CourseCue",
                column: "MicroCourseId");

            migrationBuilder.CreateIndex(
                name: "IX_CourseFiles_MicroCourseId",
                table: "CourseFiles",
                column: "MicroCourseId");

            migrationBuilder.CreateIndex(
                name: "IX_CourseNotes_AccountId_MicroCourseId",
                table: "CourseNotes",
                columns: new[] { "AccountId", "MicroCourseId" });

            migrationBuilder.CreateIndex(
                name: "IX_CourseSeriesItem_MicroCourseId",
                table: "CourseSeriesItem",
                column: "MicroCourseId");

            migrationBuilder.CreateIndex(
                name: "IX_CourseShelf_ChangedAt",
                table: "CourseShelf",
                column: "ChangedAt");

            migrationBuilder.CreateIndex(
                name: "IX_CourseShelf_CourseId",
                table: "CourseShelf",
                column: "CourseId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CourseWatchDays_Day",
                table: "CourseWatchDays",
                column: "Day");

            migrationBuilder.CreateIndex(
                name: "IX_DeletionRecords_AccountId",
                table: "DeletionRecords",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_DeletionRecords_OrderedAt",
                table: "DeletionRecords",
                column: "OrderedAt");

            migrationBuilder.CreateIndex(
                name: "IX_DeletionRecords_SubjectId",
                table: "DeletionRecords",
                column: "SubjectId");

            migrationBuilder.CreateIndex(
                name: "IX_MediaUploads_AccountId",
                table: "MediaUploads",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_AccountId_At",
                table: "Notifications",
                columns: new[] { "AccountId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_RecordingHolds_ByAccountId",
                table: "RecordingHolds",
                column: "ByAccountId");

            migrationBuilder.CreateIndex(
                name: "IX_RecordingHolds_LessonId",
                table: "RecordingHolds",
                column: "LessonId");

            migrationBuilder.CreateIndex(
                name: "IX_RecordingHolds_ReleasedByAccountId",
                table: "RecordingHolds",
                column: "ReleasedByAccountId");

            migrationBuilder.CreateIndex(
                name: "IX_RetentionRules_ChangedByAccountId",
                table: "RetentionRules",
                column: "ChangedByAccountId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CatalogueChanges");

            migrationBuilder.DropTable(
                name: "CourseAnswers");

            migrationBuilder.DropTable(
                name: "CourseAwards");

            migrationBuilder.DropTable(
                name: "CourseComments");

            migrationBuilder.DropTable(
                name: "CourseCue");

            migrationBuilder.DropTable(
                name: "CourseFiles");

            migrationBuilder.DropTable(
                name: "CourseNotes");

            migrationBuilder.DropTable(
                name: "CoursePresets");

            migrationBuilder.DropTable(
                name: "CourseSeriesItem");

            migrationBuilder.DropTable(
                name: "CourseShelf");

            migrationBuilder.DropTable(
                name: "CourseWatchDays");

            migrationBuilder.DropTable(
                name: "CourseWatches");

            migrationBuilder.DropTable(
                name: "DeletionRecords");

            migrationBuilder.DropTable(
                name: "MediaUploads");

            migrationBuilder.DropTable(
                name: "Notifications");

            migrationBuilder.DropTable(
                name: "PointNeeds");

            migrationBuilder.DropTable(
                name: "RecordingHolds");

            migrationBuilder.DropTable(
                name: "RetentionRules");

            migrationBuilder.DropTable(
                name: "StorageDays");

            migrationBuilder.DropTable(
                name: "CourseQuestion");

            migrationBuilder.DropTable(
                name: "CourseSeries");

            migrationBuilder.DropIndex(
                name: "IX_MicroCourses_ReviewLevel",
                table: "MicroCourses");

            migrationBuilder.DropColumn(
                name: "DraftDurationMs",
                table: "Recordings");

            migrationBuilder.DropColumn(
                name: "DraftKey",
                table: "Recordings");

            migrationBuilder.DropColumn(
                name: "IsHeld",
                table: "Recordings");

            migrationBuilder.DropColumn(
                name: "StoredBytes",
                table: "Recordings");

            migrationBuilder.DropColumn(
                name: "IsAnalysed",
                table: "RecordingTracks");

            migrationBuilder.DropColumn(
                name: "MayNotBeRecorded",
                table: "Pupils");

            migrationBuilder.DropColumn(
                name: "ApprovedLevel",
                table: "MicroCourses");

            migrationBuilder.DropColumn(
                name: "Award",
                table: "MicroCourses");

            migrationBuilder.DropColumn(
                name: "IsPublic",
                table: "MicroCourses");

            migrationBuilder.DropColumn(
                name: "RecognisedVtt",
                table: "MicroCourses");

            migrationBuilder.DropColumn(
                name: "ReviewLevel",
                table: "MicroCourses");

            migrationBuilder.DropColumn(
                name: "RedirectToId",
                table: "KnowledgePoints");

            migrationBuilder.DropColumn(
                name: "ErrorCode",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "Level",
                table: "CourseReviews");

            migrationBuilder.DropColumn(
                name: "IsRetired",
                table: "CatalogueNodes");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "CatalogueNodes");
        }
    }
}
