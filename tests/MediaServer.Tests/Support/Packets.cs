using Classroom.Rtc.Rtp;
using Classroom.Rtc.Tests.Rtp;

namespace Classroom.MediaServer.Tests.Support;

/// <summary>Packets as a publisher sends them.</summary>
internal static class Packets
{
    /// <summary>VP8: the first byte of the descriptor begins a partition; the next says whether the frame is a key frame.</summary>
    public static byte[] Video(int sequence, bool key, int payload = 1188, uint timestamp = 9000, bool begins = true)
    {
        var packet = new byte[12 + payload];
        RtpWriter.WriteHeader(packet, 96, marker: false, (ushort)sequence, timestamp, TestPeer.VideoSsrc);
        packet[12] = begins ? (byte)0x10 : (byte)0;
        packet[13] = key ? (byte)0 : (byte)1;
        for (var i = 14; i < packet.Length; i++)
        {
            packet[i] = (byte)(sequence + i);
        }

        return packet;
    }

    /// <summary>Sound that says how loud it is.</summary>
    public static byte[] Audio(int sequence, int payload = 80, int level = -40)
    {
        var packet = new byte[12 + 8 + payload];
        RtpWriter.WriteHeader(packet, 111, marker: false, (ushort)sequence, (uint)(sequence * 960), TestPeer.AudioSsrc);
        var extensions = new RtpExtensionWriter(packet);
        extensions.TryAdd(TestPeer.LevelExtension, [(byte)-level]);
        var header = extensions.Finish();
        packet.AsSpan(header).Fill((byte)sequence);
        packet[header] = 0xF8; // Opus: 20 ms in one frame.
        return packet[..(header + payload)];
    }

    /// <summary>The same with the packets before it (RFC 2198), payload type 63.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="earlier">How many it brings along.</param>
    public static byte[] Redundant(int sequence, int earlier = 1)
    {
        var plain = Audio(sequence);
        var header = Parse(plain).HeaderLength;
        var blocks = Enumerable.Range(1, earlier).Reverse().Select(back => (back * 960, Parse(Audio(sequence - back)).Payload.ToArray()));
        byte[] packet = [.. plain[..header], .. RedBlocks.Pack(111, plain[header..], [.. blocks])];
        RtpWriter.SetPayloadType(packet, 63);
        return packet;
    }

    public static RtpPacket Parse(byte[] packet)
    {
        Assert.True(RtpPacket.TryParse(packet, out var parsed));
        return parsed;
    }
}
