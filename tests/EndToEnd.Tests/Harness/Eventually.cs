using System.Diagnostics;

namespace Classroom.EndToEnd.Tests.Harness;

/// <summary>Waits for what comes by itself, and says what was there instead when it did not come.</summary>
public static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task TrueAsync(Func<Task<bool>> condition, Func<Task<string>> otherwise) => TrueAsync(condition, otherwise, Patience);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<Task<string>> otherwise, TimeSpan patience)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > patience)
            {
                Assert.Fail(await otherwise());
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public static async Task<T> NotNullAsync<T>(Func<Task<T?>> value, Func<Task<string>> otherwise, TimeSpan patience)
        where T : class
    {
        T? found = null;
        await TrueAsync(async () => (found = await value()) is not null, otherwise, patience);
        return found!;
    }
}
