using Classroom.Data;

namespace Classroom.Library.Tests.World;

/// <summary>Takes every picture that begins as a PNG does, and remembers its name.</summary>
internal sealed class FakeCovers : ICourseCovers
{
    private readonly HashSet<string> _taken = [];

    public async Task<string> SaveAsync(string courseId, Stream content, long mostBytes, CancellationToken cancellationToken)
    {
        var first = new byte[1];
        if (await content.ReadAsync(first, cancellationToken) == 0 || first[0] != 0x89)
        {
            throw new LessonFileException("file_type", "This is not a picture.");
        }

        var name = $"{Ids.New()}.png";
        _taken.Add($"{courseId}/{name}");
        return name;
    }

    public Task<bool> ExistsAsync(string courseId, string name, CancellationToken cancellationToken) => Task.FromResult(_taken.Contains($"{courseId}/{name}"));

    public string LinkTo(string courseId, string name, TimeSpan lifetime) => $"/media/cover/{name}";
}
