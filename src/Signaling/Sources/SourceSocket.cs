using System.Net.Sockets;
using Classroom.MediaServer;

namespace Classroom.Signaling.Sources;

/// <summary>
/// Where FFmpeg leaves its packets: a datagram socket in a folder that only our own account may enter. Nobody else can put
/// packets there, as could be done with a port; and it waits when we do not read, where a port would lose a burst.
/// </summary>
internal sealed class SourceSocket : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("classroom-source-");
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly byte[] _buffer = new byte[FeedFormat.LongestPacket + 1];

    public SourceSocket()
    {
        Path = System.IO.Path.Combine(_folder.FullName, "rtp");
        _socket.Bind(new UnixDomainSocketEndPoint(Path));
    }

    public string Path { get; }

    /// <summary>The next packet; valid until the next call. Empty: one that is none of FFmpeg's.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = await _socket.ReceiveAsync(_buffer, SocketFlags.None, cancellationToken);
        return length > FeedFormat.LongestPacket ? default : _buffer.AsMemory(0, length);
    }

    /// <summary>FFmpeg cannot send any more, and ends.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        _folder.Delete(recursive: true);
    }
}
