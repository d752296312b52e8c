using Classroom.Data;
using Classroom.Data.Secrets;
using Classroom.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Links;

/// <summary>Issues and reads the tickets of /media/.</summary>
internal sealed class MediaLinks(IOptions<RecorderOptions> options, TimeProvider time) : IMediaLinks
{
    private readonly byte[] _key = SecretFile.ReadOrCreate(options.Value.SecretsFolder, "media-links.key", 32);

    public string Issue(string prefix, TimeSpan lifetime) =>
        prefix.EndsWith('/') && ObjectKey.IsValidPrefix(prefix)
            ? $"/media/{MediaTicket.Write(prefix, time.GetUtcNow() + lifetime, _key)}/"
            : throw new ArgumentException("A media link needs a prefix of object keys that ends with '/'.", nameof(prefix));

    public string IssueFile(string key, TimeSpan lifetime) =>
        ObjectKey.IsValid(key)
            ? $"/media/{MediaTicket.Write(key, time.GetUtcNow() + lifetime, _key)}/{NameOf(key)}"
            : throw new ArgumentException("A media link needs an object key.", nameof(key));

    /// <summary>The key of an object that the ticket opens; null when the ticket or the path is not valid.</summary>
    public string? KeyOf(string ticket, string path) => MediaTicket.Read(ticket, time.GetUtcNow(), _key) switch
    {
        { } prefix when prefix.EndsWith('/') => ObjectKey.IsValid(path) ? prefix + path : null,
        { } file => path == NameOf(file) ? file : null,
        null => null,
    };

    private static string NameOf(string key) => key[(key.LastIndexOf('/') + 1)..];
}
