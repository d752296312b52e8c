using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Classroom.Data.Migrations.Postgres;

/// <summary>The search index again, a tsvector by the numbers of the shelf, the words of titles with weight A. Filled when the server starts.</summary>
[DbContext(typeof(PostgresClassroomDb)), Migration("20261122000000_CourseSearchByNumber")]
public sealed class CourseSearchByNumber : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""DROP TABLE "CourseSearch";""");
        migrationBuilder.Sql("""CREATE TABLE "CourseSearch" ("Number" integer PRIMARY KEY, "Grams" tsvector NOT NULL);""");
        migrationBuilder.Sql("""CREATE INDEX "IX_CourseSearch_Grams" ON "CourseSearch" USING GIN ("Grams");""");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""DROP TABLE "CourseSearch";""");
        migrationBuilder.Sql("""CREATE TABLE "CourseSearch" ("CourseId" text PRIMARY KEY, "Grams" tsvector NOT NULL);""");
        migrationBuilder.Sql("""CREATE INDEX "IX_CourseSearch_Grams" ON "CourseSearch" USING GIN ("Grams");""");
    }
}
