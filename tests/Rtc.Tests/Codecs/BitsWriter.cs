namespace Classroom.Rtc.Tests.Codecs;

/// <summary>Writes bit fields for the tests of their readers.</summary>
internal sealed class BitsWriter
{
    private readonly List<bool> _bits = [];

    public BitsWriter Put(uint value, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--)
        {
            _bits.Add(((value >> bit) & 1) == 1);
        }

        return this;
    }

    public BitsWriter Golomb(uint value)
    {
        var length = 32 - System.Numerics.BitOperations.LeadingZeroCount(value + 1);
        return Put(0, length - 1).Put(value + 1, length);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[(_bits.Count + 7) / 8];
        for (var i = 0; i < _bits.Count; i++)
        {
            bytes[i / 8] |= (byte)(_bits[i] ? 0x80 >> (i % 8) : 0);
        }

        return bytes;
    }
}
