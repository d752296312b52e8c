using Classroom.MediaServer.Forwarding.Layers;
using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Tests.Forwarding.Layers;

/// <summary>Takes what is placed and checks, as a decoder would, that all of it fits together.</summary>
internal sealed class Receiver(LayerPath path)
{
    private readonly SortedDictionary<long, (Placement Placement, ModelPacket Packet)> _received = [];

    public IEnumerable<ModelPacket> Forwarded => _received.Values.Where(r => r.Placement.Kind == PlacementKind.Forward).Select(r => r.Packet);

    /// <summary>What was forwarded, by picture.</summary>
    public IEnumerable<(int Id, byte BaseIndex, byte Temporal)> Pictures => _received.Values
        .Where(r => r.Placement.Kind == PlacementKind.Forward)
        .Select(r => (r.Placement.Numbers.PictureId & 0x7FFF, r.Placement.Numbers.BaseIndex, r.Packet.Packet.Picture.Temporal))
        .Distinct();

    public int Count => _received.Count;

    public PlacementKind Offer(ModelPacket packet)
    {
        var data = packet.Packet;
        var placement = path.Place(packet.Encoding, in data);
        if (placement.Kind != PlacementKind.Skip)
        {
            Assert.True(_received.TryAdd(placement.Sequence, (placement, packet)), $"Number {placement.Sequence} was used twice.");
            AssertRepeatable(placement, packet);
        }

        return placement.Kind;
    }

    public void AssertNoGap()
    {
        var expected = _received.Keys.First();
        foreach (var sequence in _received.Keys)
        {
            Assert.Equal(expected++, sequence);
        }
    }

    /// <summary>Every frame that came whole finds what it refers to; returns how many could be decoded.</summary>
    public int AssertDecodable(bool allowsBroken = false)
    {
        HashSet<int> decoded = [];
        var arrived = Forwarded.GroupBy(p => p.Frame).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var (frame, packets) in arrived)
        {
            if (packets[0].Needs.All(decoded.Contains))
            {
                decoded.Add(frame);
            }
            else if (!allowsBroken)
            {
                Assert.Fail($"Frame {frame} (layer {packets[0].Packet.Picture.Spatial}.{packets[0].Packet.Picture.Temporal}) lacks {string.Join(' ', packets[0].Needs.Where(n => !decoded.Contains(n)))}.");
            }
        }

        return decoded.Count;
    }

    /// <summary>Picture ids go up by one with each picture, TL0PICIDX with each picture of layer 0, time never stands still.</summary>
    public void AssertPicturesContinue()
    {
        (Placement Placement, ModelPacket Packet)? last = null;
        foreach (var current in _received.Values)
        {
            if (last is { } before && before.Packet.Packet.Timestamp != current.Packet.Packet.Timestamp)
            {
                Assert.Equal((before.Placement.Numbers.PictureId + 1) & 0x7FFF, current.Placement.Numbers.PictureId & 0x7FFF);
                var isBase = current.Packet.Packet.Picture.Temporal == 0 ? 1 : 0;
                Assert.Equal((byte)(before.Placement.Numbers.BaseIndex + isBase), current.Placement.Numbers.BaseIndex);
                Assert.InRange((int)(current.Placement.Timestamp - before.Placement.Timestamp), 1, 90_000);
            }

            last = current;
        }
    }

    private void AssertRepeatable(Placement placement, ModelPacket packet)
    {
        Assert.True(path.TryUnmap((ushort)placement.Sequence, out var sequence, out var segment));
        var data = packet.Packet;
        Assert.Equal((packet.Encoding, data.Sequence), ((int)segment.Encoding, sequence));
        Assert.Equal(placement, LayerPath.Within(in segment, in data));
    }
}
