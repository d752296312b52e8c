using Classroom.Data;
using Classroom.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Links;

/// <summary>Issues and reads the tickets of /media/.</summary>
internal sealed class MediaLinks(IOptions<RecorderOptions> options, TimeProvider time) : IMediaLinks
{
    private readonly byte[] _key = SecretFile.ReadOrCreate(options.Value.SecretsFolder, "media-links.key");

    public string Issue(string prefix, TimeSpan lifetime) =>
        prefix.EndsWith('/') && ObjectKey.IsValidPrefix(prefix)
            ? $"/media/{MediaTicket.Write(prefix, time.GetUtcNow() + lifetime, _key)}/"
            : throw new ArgumentException("A media link needs a prefix of object keys that ends with '/'.", nameof(prefix));

    /// <summary>The key of an object that the ticket opens; null when the ticket or the path is not valid.</summary>
    public string? KeyOf(string ticket, string path) =>
        ObjectKey.IsValid(path) && MediaTicket.Read(ticket, time.GetUtcNow(), _key) is { } prefix ? prefix + path : null;
}
