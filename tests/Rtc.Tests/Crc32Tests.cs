namespace Classroom.Rtc.Tests;

public sealed class Crc32Tests
{
    [Fact]
    public void The_check_of_the_nine_digits_is_the_published_one() => Assert.Equal(0xCBF43926u, Crc32.Compute("123456789"u8));

    [Fact]
    public void It_is_the_same_in_parts_of_any_length()
    {
        byte[] data = [.. Enumerable.Range(0, 100).Select(i => (byte)(i * 37))];
        var whole = Crc32.Compute(data);

        for (var cut = 0; cut <= data.Length; cut++)
        {
            Assert.Equal(whole, Crc32.Append(Crc32.Compute(data.AsSpan(0, cut)), data.AsSpan(cut)));
        }
    }
}
