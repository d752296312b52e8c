using Classroom.Library.Public;

namespace Classroom.Library.Tests.World;

/// <summary>A client that is nothing but its head.</summary>
internal sealed class BarePage : IClientPage
{
    public const string Html = "<html><head>\n    <title>同窗 Classroom</title>\n</head><body></body></html>";

    public Task<string?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(Html);
}
