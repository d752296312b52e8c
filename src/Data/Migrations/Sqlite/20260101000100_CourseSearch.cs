using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Classroom.Data.Migrations.Sqlite;

/// <summary>The search index of courses: tokens made by CourseGrams in an FTS5 table that keeps no text, and the course behind each row.</summary>
[DbContext(typeof(SqliteClassroomDb)), Migration("20260101000100_CourseSearch")]
public sealed class CourseSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""CREATE TABLE "CourseSearchRows" ("Id" INTEGER PRIMARY KEY, "CourseId" TEXT NOT NULL UNIQUE);""");
        migrationBuilder.Sql("""CREATE VIRTUAL TABLE "CourseSearch" USING fts5("Grams", content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');""");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""DROP TABLE "CourseSearch";""");
        migrationBuilder.Sql("""DROP TABLE "CourseSearchRows";""");
    }
}
