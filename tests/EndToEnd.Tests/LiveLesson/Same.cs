using Classroom.EndToEnd.Tests.Harness;

namespace Classroom.EndToEnd.Tests.LiveLesson;

/// <summary>Whether pages show the same lesson.</summary>
internal static class Same
{
    /// <summary>Waits until all of them say the same of what everyone should see alike.</summary>
    public static Task LessonAsync(params Guest[] guests) => Eventually.TrueAsync(
        async () => (await DigestsAsync(guests)).Distinct().Count() == 1,
        async () => string.Join("; ", guests.Zip(await DigestsAsync(guests), (guest, digest) => $"{guest.Name}: {digest}")));

    private static Task<string[]> DigestsAsync(Guest[] guests) => Task.WhenAll(guests.Select(guest => guest.Page.EvaluateAsync<string>("classroom.digest()")));
}
