using Classroom.MediaServer.Forwarding.Layers;
using Classroom.Rtc;
using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Tests.Forwarding.Layers;

/// <summary>A made packet: what the forwarder sees, and what only the model knows.</summary>
/// <param name="Frame">Number of the frame in the model, unique over encodings and layers.</param>
/// <param name="Needs">Frames without which it cannot be decoded.</param>
internal sealed record ModelPacket(int Encoding, LayerPacket Packet, int Frame, IReadOnlyList<int> Needs, bool IsLastOfFrame);

/// <summary>An encoder with three temporal layers in the order 0 2 1 2, whose numbers begin anywhere.</summary>
internal sealed class Encoder(Random random, int encoding, VideoCodec codec = VideoCodec.Vp8, int spatialLayers = 1)
{
    private static readonly byte[] s_pattern = [0, 2, 1, 2];

    private readonly int[,] _last = new int[3, 3];
    private long _sequence = random.Next(0, 70000);
    private uint _timestamp = (uint)random.NextInt64(0, 1L << 32);
    private ushort _pictureId = (ushort)random.Next(0, 0x8000);
    private byte _baseIndex = (byte)random.Next(256);
    private int _at;
    private bool _opens;
    private int _frames = encoding * 1_000_000;

    /// <summary>All packets of the next picture.</summary>
    public List<ModelPacket> Next(Instant now, bool key)
    {
        _at = key ? 0 : (_at + 1) % 4;
        var temporal = s_pattern[_at];
        // Now and then a picture of an upper layer refers to layer 0 only.
        var sync = codec != VideoCodec.Av1 && temporal > 0 && random.Next(4) == 0;
        // AV1: later pictures of the layers above in time refer to nothing of those layers before this one.
        _opens = codec == VideoCodec.Av1 && temporal < 2 && random.Next(3) == 0;
        _timestamp += 3000;
        _pictureId = (ushort)((_pictureId + 1) & 0x7FFF);
        _baseIndex += (byte)(temporal == 0 ? 1 : 0);
        var packets = new List<ModelPacket>();
        for (var spatial = 0; spatial < spatialLayers; spatial++)
        {
            Add(packets, now, key, temporal, sync, spatial);
        }

        var last = packets[^1];
        packets[^1] = last with { Packet = last.Packet with { Marker = true } };
        return packets;
    }

    private void Add(List<ModelPacket> packets, Instant now, bool key, byte temporal, bool sync, int spatial)
    {
        var frame = ++_frames;
        var needs = Needs(key, temporal, sync, spatial, frame);
        _last[spatial, temporal] = frame;
        for (var t = temporal + 1; (key || _opens) && t < 3; t++)
        {
            _last[spatial, t] = frame;
        }

        var count = random.Next(1, 4);
        for (var i = 0; i < count; i++)
        {
            var packet = new LayerPacket { Sequence = _sequence++, Timestamp = _timestamp, At = now, Picture = Picture(key, temporal, codec == VideoCodec.Av1 ? _opens : sync, spatial, i == 0, i == count - 1) };
            packets.Add(new ModelPacket(encoding, packet, frame, needs, i == count - 1));
        }
    }

    private List<int> Needs(bool key, byte temporal, bool sync, int spatial, int frame)
    {
        List<int> needs = spatial > 0 ? [frame - 1] : [];
        for (var t = 0; !key && t <= (sync ? 0 : temporal); t++)
        {
            needs.Add(_last[spatial, t]);
        }

        return needs;
    }

    private PictureInfo Picture(bool key, byte temporal, bool switches, int spatial, bool start, bool end)
    {
        var flags = PictureFlags.Known;
        flags |= start ? PictureFlags.Start : PictureFlags.None;
        flags |= key ? PictureFlags.None : PictureFlags.Predicted;
        flags |= key && start && spatial == 0 ? PictureFlags.Key : PictureFlags.None;
        flags |= end && codec is VideoCodec.Vp9 or VideoCodec.Av1 ? PictureFlags.End : PictureFlags.None;
        flags |= switches && codec != VideoCodec.Vp9 ? PictureFlags.SwitchUp : PictureFlags.None;
        return new PictureInfo
        {
            Flags = flags,
            Spatial = (byte)spatial,
            Temporal = temporal,
            PictureId = _pictureId,
            PictureIdAt = 2,
            IsLongPictureId = true,
            BaseIndex = _baseIndex,
            BaseIndexAt = 4,
        };
    }
}
