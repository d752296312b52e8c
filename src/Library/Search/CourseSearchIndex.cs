using System.Data.Common;
using Classroom.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Classroom.Library.Search;

/// <summary>The full-text index of published courses, by their numbers on the shelf. Changes take part in the caller's transaction.</summary>
internal static class CourseSearchIndex
{
    public static async Task PutAsync(ClassroomDb db, int number, string title, string rest, CancellationToken cancellationToken)
    {
        if (db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync(
                $"""INSERT OR REPLACE INTO "CourseSearch" (rowid, "Title", "Rest") VALUES ({number}, {Joined(title)}, {Joined(rest)})""", cancellationToken);
            return;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "CourseSearch" ("Number", "Grams") VALUES ({number}, CAST({Vector(title, rest)} AS tsvector))
            ON CONFLICT ("Number") DO UPDATE SET "Grams" = EXCLUDED."Grams"
            """,
            cancellationToken);
    }

    public static Task RemoveAsync(ClassroomDb db, int number, CancellationToken cancellationToken) => db.Database.IsSqlite()
        ? db.Database.ExecuteSqlAsync($"""DELETE FROM "CourseSearch" WHERE rowid = {number}""", cancellationToken)
        : db.Database.ExecuteSqlAsync($"""DELETE FROM "CourseSearch" WHERE "Number" = {number}""", cancellationToken);

    /// <summary>The numbers of the courses that hold the phrase: half a million of them cost as many integers, and no row is made of them.</summary>
    public static async Task<PhraseWords> FindAsync(ClassroomDb db, GramPhrase phrase, CancellationToken cancellationToken)
    {
        var words = new PhraseWords(new(), new());
        if (db.Database.IsSqlite())
        {
            var match = $"\"{string.Join(' ', phrase.Tokens)}\"{(phrase.IsPrefix ? "*" : "")}";
            const string Sql = """SELECT rowid FROM "CourseSearch" WHERE "CourseSearch" MATCH $text""";
            await ReadAsync(db, Sql, match, reader => words.Anywhere.Add(reader.GetInt32(0)), cancellationToken);
            await ReadAsync(db, Sql, $"Title : {match}", reader => words.InTitle.Add(reader.GetInt32(0)), cancellationToken);
            return words;
        }

        await ReadAsync(
            db,
            """SELECT "Number", "Grams" @@ CAST(@title AS tsquery) FROM "CourseSearch" WHERE "Grams" @@ CAST(@text AS tsquery)""",
            Query(phrase, ""),
            reader =>
            {
                words.Anywhere.Add(reader.GetInt32(0));
                if (reader.GetBoolean(1))
                {
                    words.InTitle.Add(reader.GetInt32(0));
                }
            },
            cancellationToken,
            Query(phrase, "A"));
        return words;
    }

    public static string Joined(string text) => string.Join(' ', CourseGrams.Tokens(text));

    /// <summary>Spelled as a tsvector, past PostgreSQL's own parser: the tokens are then exactly the same as on SQLite. No phrase reaches from the title into the rest.</summary>
    public static string Vector(string title, string rest)
    {
        var at = 0;
        var titled = CourseGrams.Tokens(title).Select(token => $"'{token}':{++at}A").ToList();
        at++;
        return string.Join(' ', titled.Concat(CourseGrams.Tokens(rest).Select(token => $"'{token}':{++at}")));
    }

    private static string Query(GramPhrase phrase, string weight)
    {
        var flags = (phrase.IsPrefix ? "*" : "") + weight;
        return string.Join(" <-> ", phrase.Tokens.Select(token => $"'{token}'{(flags.Length > 0 ? ":" : "")}{flags}"));
    }

    private static async Task ReadAsync(
        ClassroomDb db, string sql, string text, Action<DbDataReader> read, CancellationToken cancellationToken, string? title = null)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            AddParameter(command, db.Database.IsSqlite() ? "$text" : "text", text);
            if (title is not null)
            {
                AddParameter(command, "title", title);
            }

            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                read(reader);
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static void AddParameter(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
