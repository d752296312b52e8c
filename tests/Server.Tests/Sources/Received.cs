using Classroom.MediaServer.Tests.Support;
using Classroom.Rtc.Rtp;

namespace Classroom.Server.Tests.Sources;

/// <summary>What a viewer gets of an appliance: pictures as a stream that a decoder reads (RFC 6184), and packets of sound.</summary>
internal sealed class Received : IDisposable
{
    private const byte PicturePayload = 102;
    private const int Idr = 5;
    private const int Together = 24;
    private const int Part = 28;
    private static readonly byte[] s_begin = [0, 0, 0, 1];

    private readonly MemoryStream _pictures = new();
    private readonly Lock _gate = new();
    private int _sounds;
    private int _keys;

    public Received(TestPeer viewer) => viewer.Arrived = Take;

    /// <summary>Key frames and packets of sound have come, so many of both.</summary>
    public bool Has(int keys, int sounds) => Volatile.Read(ref _keys) >= keys && Volatile.Read(ref _sounds) >= sounds;

    public byte[] Pictures()
    {
        lock (_gate)
        {
            return _pictures.ToArray();
        }
    }

    public void Dispose() => _pictures.Dispose();

    private void Take(ReadOnlySpan<byte> data)
    {
        if (!RtpPacket.TryParse(data, out var packet) || packet.Payload.Length < 3)
        {
            return;
        }

        lock (_gate)
        {
            if (packet.PayloadType == PicturePayload)
            {
                Write(packet.Payload);
            }
            else
            {
                _sounds++;
            }
        }
    }

    private void Write(ReadOnlySpan<byte> payload)
    {
        switch (payload[0] & 31)
        {
            case Together:
                for (var rest = payload[1..]; rest.Length > 2; rest = rest[(2 + ((rest[0] << 8) | rest[1]))..])
                {
                    WriteUnit(rest.Slice(2, (rest[0] << 8) | rest[1]));
                }

                break;
            case Part when (payload[1] & 128) != 0:
                WriteUnit([(byte)((payload[0] & 0xe0) | (payload[1] & 31)), .. payload[2..]]);
                break;
            case Part:
                _pictures.Write(payload[2..]);
                break;
            default:
                WriteUnit(payload);
                break;
        }
    }

    private void WriteUnit(ReadOnlySpan<byte> unit)
    {
        _keys += (unit[0] & 31) == Idr ? 1 : 0;
        _pictures.Write(s_begin);
        _pictures.Write(unit);
    }
}
