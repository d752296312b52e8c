using Classroom.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Classroom.Library.Statements;

/// <summary>
/// Brings what waits in the outbox to the learning record store, oldest first, and tries again with growing pauses until the store has it.
/// Any number of processes may do so: who sends a batch has claimed it, and one that is sent twice has the same ids.
/// </summary>
internal sealed partial class StatementSender(IClassroomDbFactory databases, RecordStoreClient store, OutboxLevel level, TimeProvider time, ILogger<StatementSender> logger)
{
    public const int MostAtOnce = 50;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    /// <summary>Refused ones can be looked at, and sent again, for so long.</summary>
    private static readonly TimeSpan RefusedLife = TimeSpan.FromDays(30);

    private DateTime _notBefore;
    private TimeSpan _pause = FirstPause;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Sends a batch of what is due.</summary>
    /// <returns>How many statements the store took.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        if (now < _notBefore)
        {
            return 0;
        }

        await using var db = databases.Create();
        var due = await db.LearningStatements.AsNoTracking().Where(row => row.RefusedAt == null && row.DueAt <= now)
            .OrderBy(row => row.Number).Take(MostAtOnce).ToListAsync(cancellationToken);
        if (due.Count == 0 || !await ClaimAsync(db, due, now, cancellationToken))
        {
            return 0;
        }

        var answer = await store.PostAsync([.. due.Select(row => row.Body)], cancellationToken);
        return answer.Verdict is StoreVerdict.Refused && due.Count > 1
            ? await SendSinglyAsync(db, due, cancellationToken)
            : await SettleAsync(db, due, answer, cancellationToken);
    }

    /// <summary>Counts what waits, and lets go what the store refused long ago.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var before = Now - RefusedLife;
        await db.LearningStatements.Where(row => row.RefusedAt < before).ExecuteDeleteAsync(cancellationToken);
        level.Counted(await db.LearningStatements.CountAsync(cancellationToken));
        if (level.IsFull)
        {
            Log.Full(logger, OutboxLevel.Most);
        }
    }

    /// <returns>False: another process was first.</returns>
    private static async Task<bool> ClaimAsync(ClassroomDb db, List<LearningStatement> due, DateTime now, CancellationToken cancellationToken)
    {
        var until = now + Claim;
        return await Rows(db, due).Where(row => row.DueAt <= now).ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, until), cancellationToken) == due.Count;
    }

    /// <summary>One bad statement must not hold up the others of its batch.</summary>
    private async Task<int> SendSinglyAsync(ClassroomDb db, List<LearningStatement> due, CancellationToken cancellationToken)
    {
        var taken = 0;
        foreach (var (index, statement) in due.Index())
        {
            var answer = await store.PostAsync([statement.Body], cancellationToken);
            if (answer.Verdict is StoreVerdict.Away)
            {
                return taken + await SettleAsync(db, due[index..], answer, cancellationToken);
            }

            taken += await SettleAsync(db, [statement], answer, cancellationToken);
        }

        return taken;
    }

    private async Task<int> SettleAsync(ClassroomDb db, List<LearningStatement> sent, StoreAnswer answer, CancellationToken cancellationToken)
    {
        var now = Now;
        if (answer.Verdict is StoreVerdict.Away)
        {
            Wait(now, answer);
            await Rows(db, sent).ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now), cancellationToken);
            return 0;
        }

        _pause = FirstPause;
        if (answer.Verdict is StoreVerdict.Refused)
        {
            Log.Refused(logger, sent[0].Id, answer.Words);
            await Rows(db, sent).ExecuteUpdateAsync(set => set.SetProperty(row => row.RefusedAt, now), cancellationToken);
            return 0;
        }

        return await Rows(db, sent).ExecuteDeleteAsync(cancellationToken);
    }

    // The store is away for all of them: it is the store that is left alone for a while, no single statement.
    private void Wait(DateTime now, StoreAnswer answer)
    {
        var pause = answer.RetryAfter > _pause ? answer.RetryAfter.Value : _pause;
        _notBefore = now + (pause < LongestPause ? pause : LongestPause);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        Log.Away(logger, answer.Words, _notBefore);
    }

    private static IQueryable<LearningStatement> Rows(ClassroomDb db, List<LearningStatement> statements)
    {
        var numbers = statements.ConvertAll(statement => statement.Number);
        return db.LearningStatements.Where(row => numbers.Contains(row.Number));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The learning record store takes nothing now ({Why}); statements wait until {Until:u}.")]
        public static partial void Away(ILogger logger, string why, DateTime until);

        [LoggerMessage(2, LogLevel.Warning, "The learning record store refuses statement {Id} ({Why}); it is kept for 30 days and not sent again.")]
        public static partial void Refused(ILogger logger, string id, string why);

        [LoggerMessage(3, LogLevel.Error, "{Most} statements wait for the learning record store; further ones are left out until it takes some.")]
        public static partial void Full(ILogger logger, int most);
    }
}
