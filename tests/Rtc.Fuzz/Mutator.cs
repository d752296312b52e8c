namespace Classroom.Rtc.Fuzz;

/// <summary>Bends inputs the way networks and attackers do: bits, lengths, cuts, repeats, mixtures.</summary>
internal sealed class Mutator(Random random, int maxLength)
{
    private static readonly byte[] s_interesting = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 191, 192, 200, 206, 254, 255];

    public byte[] Mutate(IReadOnlyList<byte[]> corpus)
    {
        var input = new List<byte>(corpus[random.Next(corpus.Count)]);
        var rounds = 1 << random.Next(0, 5);
        for (var i = 0; i < rounds; i++)
        {
            MutateOnce(input, corpus);
        }

        return input.Count > maxLength ? [.. input[..maxLength]] : [.. input];
    }

    private void MutateOnce(List<byte> input, IReadOnlyList<byte[]> corpus)
    {
        switch (random.Next(9))
        {
            case 0 when input.Count > 0:
                input[random.Next(input.Count)] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when input.Count > 0:
                input[random.Next(input.Count)] = s_interesting[random.Next(s_interesting.Length)];
                break;
            case 2 when input.Count > 0:
                input[random.Next(input.Count)] = (byte)random.Next(256);
                break;
            case 3 when input.Count > 1:
                SetLength(input);
                break;
            case 4:
                input.InsertRange(random.Next(input.Count + 1), RandomBytes(random.Next(1, 16)));
                break;
            case 5 when input.Count > 0:
                RemoveSlice(input);
                break;
            case 6 when input.Count > 0:
                input.RemoveRange(input.Count - random.Next(1, Math.Min(input.Count, 24) + 1), 1);
                break;
            case 7 when input.Count > 0:
                RepeatSlice(input);
                break;
            case 8:
                Splice(input, corpus[random.Next(corpus.Count)]);
                break;
            default:
                break;
        }
    }

    // A 16-bit number near the length of what follows: where off-by-one errors live.
    private void SetLength(List<byte> input)
    {
        var at = random.Next(input.Count - 1);
        var rest = input.Count - at - 2;
        var value = random.Next(3) switch { 0 => rest + random.Next(-5, 6), 1 => (rest / 4) + random.Next(-2, 3), _ => random.Next(65536) };
        input[at] = (byte)(value >> 8);
        input[at + 1] = (byte)value;
    }

    private void RemoveSlice(List<byte> input)
    {
        var start = random.Next(input.Count);
        input.RemoveRange(start, random.Next(1, Math.Min(32, input.Count - start) + 1));
    }

    private void RepeatSlice(List<byte> input)
    {
        var start = random.Next(input.Count);
        var slice = input.GetRange(start, random.Next(1, Math.Min(64, input.Count - start) + 1));
        for (var i = random.Next(1, 6); i > 0 && input.Count < maxLength; i--)
        {
            input.InsertRange(start, slice);
        }
    }

    private void Splice(List<byte> input, byte[] other)
    {
        if (other.Length > 0)
        {
            var start = random.Next(other.Length);
            input.InsertRange(random.Next(input.Count + 1), other[start..random.Next(start, other.Length)]);
        }
    }

    private byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
