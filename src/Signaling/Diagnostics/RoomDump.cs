using System.Buffers.Binary;
using System.Text;
using System.Threading.Channels;
using Classroom.MediaServer;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;

namespace Classroom.Signaling.Diagnostics;

/// <summary>
/// The packets that everybody in a room sends, as an rtpdump file (the format of rtptools, which Wireshark reads as well):
/// "#!rtpplay1.0 address/port", a header of 16 bytes, then for each packet its length here, its length when it was sent, and
/// milliseconds since the start, all big-endian.
/// </summary>
/// <param name="media">Where the room is.</param>
/// <param name="roomId">Which.</param>
/// <param name="withPayload">False: RTP headers only, which show loss, order and time but no picture and no voice.</param>
internal sealed class RoomDump(IMediaServer media, string roomId, bool withPayload) : IRoomObserver, IDisposable
{
    private const int Backlog = 4096;
    private const int RecordHeader = 8;

    private readonly Channel<(byte[] Packet, int Length, Instant At)> _packets = Channel.CreateBounded<(byte[], int, Instant)>(
        new BoundedChannelOptions(Backlog) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly bool _withPayload = withPayload;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IDisposable> _attached = [];
    private IDisposable? _watch;
    private bool _isOver;

    /// <summary>Bytes after which a dump ends.</summary>
    public const long MostBytes = 64 * 1024 * 1024;

    public void Start() => _watch = media.Observe(this);

    /// <summary>Writes the file until it is cancelled or as long as it may be.</summary>
    /// <param name="output">Gets the file.</param>
    /// <param name="until">Ends it, without an exception.</param>
    public async Task WriteAsync(Stream output, CancellationToken until)
    {
        var start = media.Clock.Now;
        var written = await WriteHeaderAsync(output, media.Clock.ToUtc(start));
        try
        {
            var record = new byte[RecordHeader];
            await foreach (var (packet, length, at) in _packets.Reader.ReadAllAsync(until))
            {
                BinaryPrimitives.WriteUInt16BigEndian(record, (ushort)(RecordHeader + packet.Length));
                BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(2), (ushort)length);
                BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(4), (uint)Math.Max(0, (at - start).TotalMilliseconds));
                await output.WriteAsync(record, until);
                await output.WriteAsync(packet, until);
                written += record.Length + packet.Length;
                if (written >= MostBytes)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }

    public void OnPublicationAdded(PublicationInfo publication)
    {
        if (publication.RoomId == roomId && !publication.IsNotRecorded)
        {
            _ = AttachAsync(publication.Id);
        }
    }

    public void OnPublicationRemoved(PublicationInfo publication)
    {
        lock (_lock)
        {
            _attached.Remove(publication.Id);
        }
    }

    public void OnRoomOpened(string id)
    {
    }

    public void OnRoomClosed(string id)
    {
        if (id == roomId)
        {
            _packets.Writer.TryComplete();
        }
    }

    public void OnRecording(string id, RecordingSwitch recording)
    {
    }

    public void OnSpeaker(PublicationInfo publication)
    {
    }

    public void Dispose()
    {
        _watch?.Dispose();
        IDisposable[] attached;
        lock (_lock)
        {
            _isOver = true;
            attached = [.. _attached.Values];
        }

        Array.ForEach(attached, one => one.Dispose());
    }

    private async Task AttachAsync(string publicationId)
    {
        try
        {
            var attached = await media.AttachSinkAsync(roomId, publicationId, new Sink(this), CancellationToken.None);
            lock (_lock)
            {
                if (!_isOver)
                {
                    _attached[publicationId] = attached;
                    return;
                }
            }

            attached.Dispose();
        }
        catch (MediaException)
        {
            // It ended in the meantime.
        }
    }

    private static async Task<long> WriteHeaderAsync(Stream output, DateTimeOffset start)
    {
        var head = Encoding.ASCII.GetBytes("#!rtpplay1.0 0.0.0.0/0\n");
        var bytes = new byte[head.Length + 16];
        head.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(head.Length), (uint)start.ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(head.Length + 4), (uint)(start.Millisecond * 1000));
        await output.WriteAsync(bytes);
        return bytes.Length;
    }

    /// <summary>Copies on the media loop; what the writer cannot take is left out.</summary>
    private sealed class Sink(RoomDump dump) : IMediaSink
    {
        public void OnRtp(ReadOnlySpan<byte> packet, Instant arrival)
        {
            if (dump._packets.Reader.Count < Backlog && RtpPacket.TryParse(packet, out var parsed))
            {
                var kept = dump._withPayload ? packet : packet[..parsed.HeaderLength];
                dump._packets.Writer.TryWrite((kept.ToArray(), packet.Length, arrival));
            }
        }

        public void OnSenderReport(ulong ntp, uint rtpTimestamp, Instant arrival, TimeSpan roundTrip)
        {
        }
    }
}
