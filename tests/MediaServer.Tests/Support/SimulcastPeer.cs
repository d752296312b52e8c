using System.Buffers.Binary;
using System.Text;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Tests.Support;

/// <summary>
/// Publishes a picture in three VP8 encodings of 80, 160 and 320 lines, each with numbers of its own, and sends key frames
/// where they are asked for.
/// </summary>
internal sealed class SimulcastPeer(TestPeer peer, string rids = "q h f", bool isReversed = false)
{
    public const uint FirstSsrc = 3000;

    private readonly string[] _rids = rids.Split(' ');
    private readonly int[] _sequences = [65_500, 100, 40_000];
    private readonly int[] _pictures = [32_700, 5, 900];
    private readonly byte[] _bases = [250, 3, 77];
    private readonly bool[] _keyIsWanted = [true, true, true];
    private uint _time;

    /// <summary>Lines of an encoding in the order of its name.</summary>
    public int HeightOf(int encoding) => 80 << (isReversed ? 2 - encoding : encoding);

    /// <summary>Sends the next picture of some encodings, in two packets each.</summary>
    public void SendPicture(params int[] encodings)
    {
        TakeWishes();
        _time += 3000;
        foreach (var encoding in encodings)
        {
            var key = _keyIsWanted[encoding];
            _keyIsWanted[encoding] = false;
            _pictures[encoding] = (_pictures[encoding] + 1) & 0x7FFF;
            _bases[encoding]++;
            peer.SendRtp(Packet(encoding, key, begins: true));
            peer.SendRtp(Packet(encoding, key, begins: false));
        }
    }

    private void TakeWishes()
    {
        while (peer.TryReceiveRtcp(out var compound))
        {
            var reader = new RtcpReader(compound);
            while (reader.TryRead(out var packet))
            {
                if (packet.TryGetPli(out var pli))
                {
                    _keyIsWanted[pli.MediaSsrc - FirstSsrc] = true;
                }
            }
        }
    }

    private byte[] Packet(int encoding, bool key, bool begins)
    {
        var packet = new byte[1000];
        RtpWriter.WriteHeader(packet, 96, marker: !begins, (ushort)_sequences[encoding]++, _time + ((uint)encoding * 1_000_000), FirstSsrc + (uint)encoding);
        var extensions = new RtpExtensionWriter(packet);
        extensions.TryAdd(4, "1"u8);
        extensions.TryAdd(10, Encoding.ASCII.GetBytes(_rids[encoding]));
        var start = extensions.Finish();
        var payload = packet.AsSpan(start);
        // X, S; I, L, T: 15-bit picture id, TL0PICIDX, TID 0.
        payload[0] = begins ? (byte)0x90 : (byte)0x80;
        payload[1] = 0xE0;
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], (ushort)(0x8000 | _pictures[encoding]));
        payload[4] = _bases[encoding];
        payload[5] = 0;
        payload[6] = key ? (byte)0 : (byte)1;
        if (begins && key)
        {
            (payload[9], payload[10], payload[11]) = (0x9D, 0x01, 0x2A);
            BinaryPrimitives.WriteUInt16LittleEndian(payload[12..], (ushort)(HeightOf(encoding) * 2));
            BinaryPrimitives.WriteUInt16LittleEndian(payload[14..], (ushort)HeightOf(encoding));
        }

        return packet[..(start + 200 + (encoding * 100))];
    }
}
