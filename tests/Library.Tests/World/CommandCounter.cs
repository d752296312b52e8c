using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Classroom.Library.Tests.World;

/// <summary>Counts the queries that are sent to the database.</summary>
internal sealed class CommandCounter : DbCommandInterceptor
{
    private int _count;

    public int Take() => Interlocked.Exchange(ref _count, 0);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _count);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }
}
