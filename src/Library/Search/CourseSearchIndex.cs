using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Search;

/// <summary>The full-text index of published courses. Changes take part in the caller's transaction.</summary>
internal static class CourseSearchIndex
{
    public static async Task PutAsync(ClassroomDb db, string courseId, IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        var tokens = texts.SelectMany(CourseGrams.Tokens);
        if (db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "CourseSearchRows" ("CourseId") VALUES ({courseId}) ON CONFLICT DO NOTHING""", cancellationToken);
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT OR REPLACE INTO "CourseSearch" (rowid, "Grams")
                SELECT "Id", {string.Join(' ', tokens)} FROM "CourseSearchRows" WHERE "CourseId" = {courseId}
                """,
                cancellationToken);
            return;
        }

        // Spelled as a tsvector, past PostgreSQL's own parser: the tokens are then exactly the same as on SQLite.
        var vector = string.Join(' ', tokens.Select((token, index) => $"'{token}':{index + 1}"));
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "CourseSearch" ("CourseId", "Grams") VALUES ({courseId}, CAST({vector} AS tsvector))
            ON CONFLICT ("CourseId") DO UPDATE SET "Grams" = EXCLUDED."Grams"
            """,
            cancellationToken);
    }

    public static async Task RemoveAsync(ClassroomDb db, string courseId, CancellationToken cancellationToken)
    {
        if (db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync(
                $"""DELETE FROM "CourseSearch" WHERE rowid = (SELECT "Id" FROM "CourseSearchRows" WHERE "CourseId" = {courseId})""", cancellationToken);
            await db.Database.ExecuteSqlAsync($"""DELETE FROM "CourseSearchRows" WHERE "CourseId" = {courseId}""", cancellationToken);
            return;
        }

        await db.Database.ExecuteSqlAsync($"""DELETE FROM "CourseSearch" WHERE "CourseId" = {courseId}""", cancellationToken);
    }

    /// <summary>The ids of the courses that hold all phrases, as a query to be composed with others.</summary>
    public static IQueryable<string> Matches(ClassroomDb db, IReadOnlyList<GramPhrase> phrases)
    {
        if (db.Database.IsSqlite())
        {
            var match = string.Join(" AND ", phrases.Select(phrase => $"\"{string.Join(' ', phrase.Tokens)}\"{(phrase.IsPrefix ? "*" : "")}"));
            return db.Database.SqlQuery<string>(
                $"""
                SELECT "CourseSearchRows"."CourseId" AS "Value" FROM "CourseSearch"
                JOIN "CourseSearchRows" ON "CourseSearchRows"."Id" = "CourseSearch".rowid
                WHERE "CourseSearch" MATCH {match}
                """);
        }

        var query = string.Join(" & ", phrases.Select(phrase => $"({string.Join(" <-> ", phrase.Tokens.Select(token => $"'{token}'{(phrase.IsPrefix ? ":*" : "")}"))})"));
        return db.Database.SqlQuery<string>($"""SELECT "CourseId" AS "Value" FROM "CourseSearch" WHERE "Grams" @@ CAST({query} AS tsquery)""");
    }
}
