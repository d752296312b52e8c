namespace Classroom.Benchmarks.Lesson;

/// <summary>All pages of one lesson: a teacher and tablets.</summary>
internal sealed class LoadedRoom : IAsyncDisposable
{
    private const int JoinsAtOnce = 8;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private LoadedRoom(LoadedPage teacher, LoadedPage[] tablets, Spread heard) => (Teacher, Tablets, Heard) = (teacher, tablets, heard);

    public LoadedPage Teacher { get; }

    public IReadOnlyList<LoadedPage> Tablets { get; }

    public Spread Heard { get; }

    /// <summary>Events that a page missed or had twice, over all pages: what is for every tablet must be with every tablet, and all answers with the teacher.</summary>
    public int Faults => Tablets.Sum(page => page.Doubled + Math.Abs(page.Shared - Tablets.Max(other => other.Shared)))
        + Teacher.Doubled + Math.Abs(Tablets.Sum(page => page.Answers) - Teacher.Answers);

    public static async Task<LoadedRoom> FillAsync(LoadedLesson lesson, int size, Spread heard)
    {
        var teacher = await lesson.TeacherAsync(heard);
        await teacher.DoAsync("StartLesson");
        var tablets = new LoadedPage[size - 1];
        await Parallel.ForAsync(0, tablets.Length, new ParallelOptions { MaxDegreeOfParallelism = JoinsAtOnce }, async (number, _) => tablets[number] = await lesson.TabletAsync($"pupil {number}", heard));
        return new LoadedRoom(teacher, tablets, heard);
    }

    /// <summary>Compilers and pools of the start are over.</summary>
    public async Task WarmUpAsync()
    {
        for (var round = 0; round < 5; round++)
        {
            await Teacher.DoAsync("Chat", LoadedPage.Stamp());
            await Task.Delay(1000);
        }

        await UntilAllHeardAsync();
        Heard.Clear();
    }

    /// <summary>Until every tablet was told as much as the others.</summary>
    public async Task UntilAllHeardAsync()
    {
        var until = DateTime.UtcNow + s_patience;
        var (last, since) = (-1, DateTime.UtcNow);
        while (DateTime.UtcNow < until && DateTime.UtcNow - since < TimeSpan.FromSeconds(1))
        {
            await Task.Delay(100);
            if (Heard.Count != last)
            {
                (last, since) = (Heard.Count, DateTime.UtcNow);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Teacher.DisposeAsync();
        foreach (var tablet in Tablets)
        {
            await tablet.DisposeAsync();
        }
    }
}
