using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Classroom.Data.Migrations.Sqlite;

/// <summary>The search index again, an FTS5 table by the numbers of the shelf, titles in a column of their own. Filled when the server starts.</summary>
[DbContext(typeof(SqliteClassroomDb)), Migration("20261122000000_CourseSearchByNumber")]
public sealed class CourseSearchByNumber : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""DROP TABLE "CourseSearch";""");
        migrationBuilder.Sql("""DROP TABLE "CourseSearchRows";""");
        migrationBuilder.Sql("""CREATE VIRTUAL TABLE "CourseSearch" USING fts5("Title", "Rest", content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');""");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""DROP TABLE "CourseSearch";""");
        migrationBuilder.Sql("""CREATE TABLE "CourseSearchRows" ("Id" INTEGER PRIMARY KEY, "CourseId" TEXT NOT NULL UNIQUE);""");
        migrationBuilder.Sql("""CREATE VIRTUAL TABLE "CourseSearch" USING fts5("Grams", content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');""");
    }
}
