using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Classroom.Data.Migrations.Postgres;

/// <summary>The search index of courses: tokens made by CourseGrams, as a tsvector under a GIN index.</summary>
[DbContext(typeof(PostgresClassroomDb)), Migration("20260101000100_CourseSearch")]
public sealed class CourseSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""CREATE TABLE "CourseSearch" ("CourseId" text PRIMARY KEY, "Grams" tsvector NOT NULL);""");
        migrationBuilder.Sql("""CREATE INDEX "IX_CourseSearch_Grams" ON "CourseSearch" USING GIN ("Grams");""");
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("""DROP TABLE "CourseSearch";""");
}
