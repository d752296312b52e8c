using Classroom.Library.Public;

namespace Classroom.Server.Http;

/// <summary>The client's page, from the folder of its files.</summary>
internal sealed class ClientPage(IWebHostEnvironment environment) : IClientPage
{
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        var file = environment.WebRootFileProvider.GetFileInfo("index.html");
        if (!file.Exists)
        {
            return null;
        }

        using var reader = new StreamReader(file.CreateReadStream());
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
