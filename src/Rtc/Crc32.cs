using System.Buffers.Binary;

namespace Classroom.Rtc;

/// <summary>CRC-32 of ITU V.42: STUN's FINGERPRINT (RFC 8489, 14.7), and the check of files in ZIP archives.</summary>
public static class Crc32
{
    private const int Slices = 8;
    private const int Values = 256;

    /// <summary>For each place in eight bytes what a byte there adds: eight are taken at once, for archives of gigabytes.</summary>
    private static readonly uint[] s_table = MakeTable();

    public static uint Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>Of everything so far and what follows it.</summary>
    /// <param name="before">Of everything so far; 0 at the beginning.</param>
    public static uint Append(uint before, ReadOnlySpan<byte> data)
    {
        var crc = ~before;
        while (data.Length >= Slices)
        {
            crc = Add(BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc, first: 4) ^ Add(BinaryPrimitives.ReadUInt32LittleEndian(data[4..]), first: 0);
            data = data[Slices..];
        }

        foreach (var value in data)
        {
            crc = s_table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint Add(uint four, int first) =>
        s_table[((first + 3) * Values) + (byte)four]
        ^ s_table[((first + 2) * Values) + (byte)(four >> 8)]
        ^ s_table[((first + 1) * Values) + (byte)(four >> 16)]
        ^ s_table[(first * Values) + (byte)(four >> 24)];

    private static uint[] MakeTable()
    {
        var table = new uint[Slices * Values];
        for (var i = 0u; i < Values; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }

            table[i] = crc;
        }

        for (var i = Values; i < table.Length; i++)
        {
            table[i] = table[(byte)table[i - Values]] ^ (table[i - Values] >> 8);
        }

        return table;
    }
}
