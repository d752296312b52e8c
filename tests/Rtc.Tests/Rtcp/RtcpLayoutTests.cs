using System.Text;
using Classroom.Rtc.Rtcp;

namespace Classroom.Rtc.Tests.Rtcp;

/// <summary>Bytes as the standards draw them, and as other implementations send them.</summary>
public sealed class RtcpLayoutTests
{
    private const string Block = "BC5E9A40" + "05FFFFFE" + "000146E1" + "00000111" + "09F36432" + "00024A79";
    private static readonly ReportBlock s_block = new(0xBC5E9A40, 5, -2, 0x146E1, 273, 0x09F36432, 150137);
    private readonly byte[] _buffer = new byte[200];

    [Fact]
    public void Sender_report()
    {
        const string Bytes = "81C8000C" + "902F9E2E" + "DA8BD1FCDDDDA05A" + "AAF4EDD5" + "00000001" + "00000002" + Block;
        var info = new SenderInfo(0x902F9E2E, 0xDA8BD1FCDDDDA05A, 0xAAF4EDD5, 1, 2);
        var writer = new RtcpWriter(_buffer);
        Assert.True(writer.WriteSenderReport(info, [s_block]));
        Assert.Equal(Bytes, Convert.ToHexString(writer.Written));

        Assert.True(Single(Bytes).TryGetSenderReport(out var report));
        Assert.Equal(info, report.Info);
        Assert.Equal(1, report.Blocks.Count);
        Assert.Equal(s_block, report.Blocks[0]);
    }

    [Fact]
    public void Receiver_report()
    {
        const string Bytes = "81C90007" + "902F9E2E" + Block;
        var writer = new RtcpWriter(_buffer);
        Assert.True(writer.WriteReceiverReport(0x902F9E2E, [s_block]));
        Assert.Equal(Bytes, Convert.ToHexString(writer.Written));

        Assert.True(Single(Bytes).TryGetReceiverReport(out var report));
        Assert.Equal(0x902F9E2Eu, report.SenderSsrc);
        Assert.Equal(s_block, report.Blocks[0]);
    }

    [Theory]
    [InlineData("a", "81CA0002" + "00000007" + "0101" + "61" + "00")]
    [InlineData("ab", "81CA0003" + "00000007" + "0102" + "6162" + "00000000")]
    [InlineData("abcde", "81CA0003" + "00000007" + "0105" + "6162636465" + "00")]
    public void Source_description(string cname, string bytes)
    {
        var writer = new RtcpWriter(_buffer);
        Assert.True(writer.WriteSdes(7, cname));
        Assert.Equal(bytes, Convert.ToHexString(writer.Written));

        Assert.True(Single(bytes).TryGetSourceDescription(out var description));
        var items = 0;
        foreach (var item in description)
        {
            Assert.Equal(7u, item.Ssrc);
            Assert.Equal(SourceDescription.CName, item.Type);
            Assert.Equal(cname, Encoding.UTF8.GetString(item.Text));
            items++;
        }

        Assert.Equal(1, items);
    }

    [Fact]
    public void Source_description_with_two_chunks_and_several_items()
    {
        var read = new List<string>();
        Assert.True(Single("82CA0005" + "00000001" + "010161" + "020162" + "0000" + "00000002" + "010163" + "00").TryGetSourceDescription(out var description));
        foreach (var item in description)
        {
            read.Add($"{item.Ssrc}/{item.Type}={Encoding.UTF8.GetString(item.Text)}");
        }

        Assert.Equal(["1/1=a", "1/2=b", "2/1=c"], read);
    }

    [Fact]
    public void Goodbye()
    {
        var writer = new RtcpWriter(_buffer);
        Assert.True(writer.WriteBye([1, 0xFFFFFFFF]));
        Assert.Equal("82CB0002" + "00000001" + "FFFFFFFF", Convert.ToHexString(writer.Written));

        Assert.True(Single("81CB0003" + "902F9E2E" + "03464F4F" + "00000000").TryGetGoodbye(out var goodbye));
        Assert.Equal(1, goodbye.Count);
        Assert.Equal(0x902F9E2Eu, goodbye[0]);
        Assert.Equal("FOO", Encoding.UTF8.GetString(goodbye.Reason));
    }

    [Fact]
    public void Nack()
    {
        const string Bytes = "81CD0003" + "902F9E2E" + "902F9E2F" + "AAAA5555";
        ushort[] expected = [0xAAAA, 0xAAAB, 0xAAAD, 0xAAAF, 0xAAB1, 0xAAB3, 0xAAB5, 0xAAB7, 0xAAB9];
        Assert.True(Single(Bytes).TryGetNack(out var nack));
        Assert.Equal(0x902F9E2Eu, nack.SenderSsrc);
        Assert.Equal(0x902F9E2Fu, nack.MediaSsrc);
        Assert.Equal(expected, ToList(nack));

        var writer = new RtcpWriter(_buffer);
        Assert.True(writer.WriteNack(0x902F9E2E, 0x902F9E2F, expected));
        Assert.Equal(Bytes, Convert.ToHexString(writer.Written));
    }

    [Fact]
    public void Picture_loss()
    {
        var writer = new RtcpWriter(_buffer);
        Assert.True(writer.WritePli(0x902F9E2E, 0x4BC4FCB4));
        Assert.Equal("81CE0002902F9E2E4BC4FCB4", Convert.ToHexString(writer.Written));
        Assert.True(Single("81CE0002902F9E2E4BC4FCB4").TryGetPli(out var pli));
        Assert.Equal(new PictureLoss(0x902F9E2E, 0x4BC4FCB4), pli);
    }

    [Fact]
    public void Full_intra_request()
    {
        const string Bytes = "84CE0004" + "00000001" + "00000000" + "4BC4FCB4" + "07000000";
        var writer = new RtcpWriter(_buffer);
        Assert.True(writer.WriteFir(1, new FullIntraRequest(0x4BC4FCB4, 7)));
        Assert.Equal(Bytes, Convert.ToHexString(writer.Written));
        Assert.True(Single(Bytes).TryGetFir(out var fir));
        Assert.Equal(1, fir.Count);
        Assert.Equal(new FullIntraRequest(0x4BC4FCB4, 7), fir[0]);
    }

    [Fact]
    public void Receiver_estimated_bitrate()
    {
        const string Bytes = "8FCE0005" + "00000001" + "00000000" + "52454D42" + "011A20DF" + "4874ED16";
        Assert.True(Single(Bytes).TryGetRemb(out var remb));
        Assert.Equal(8_927_168u, remb.BitsPerSecond);
        Assert.Equal(1, remb.Count);
        Assert.Equal(0x4874ED16u, remb[0]);

        var writer = new RtcpWriter(_buffer);
        Assert.True(writer.WriteRemb(1, 8_927_168, [0x4874ED16]));
        Assert.Equal(Bytes, Convert.ToHexString(writer.Written));
    }

    [Theory]
    [InlineData(0UL, 0UL)]
    [InlineData(262_143UL, 262_143UL)]
    [InlineData(262_145UL, 262_144UL)]
    [InlineData(ulong.MaxValue, 0xFFFF_C000_0000_0000UL)]
    public void Bitrates_keep_18_bits(ulong given, ulong read)
    {
        var writer = new RtcpWriter(_buffer);
        Assert.True(writer.WriteRemb(1, given, []));
        Assert.True(Single(Convert.ToHexString(writer.Written)).TryGetRemb(out var remb));
        Assert.Equal(read, remb.BitsPerSecond);
    }

    [Fact]
    public void A_compound_is_read_packet_by_packet()
    {
        var writer = new RtcpWriter(_buffer);
        writer.WriteReceiverReport(1);
        writer.WriteSdes(1, "us");
        writer.WritePli(1, 2);
        var reader = new RtcpReader(writer.Written);
        var types = new List<RtcpPacketType>();
        while (reader.TryRead(out var packet))
        {
            types.Add(packet.Type);
        }

        Assert.Equal([RtcpPacketType.ReceiverReport, RtcpPacketType.SourceDescription, RtcpPacketType.PayloadFeedback], types);
        Assert.False(reader.IsMalformed);
    }

    [Theory]
    [InlineData("81C9")]
    [InlineData("41C90000")] // version 1
    [InlineData("80C90001")] // longer than the datagram
    [InlineData("A0C9000100000000")] // padding of nothing
    [InlineData("A0C9000100000005")] // more padding than body
    public void Malformed_compounds_are_noticed(string hex)
    {
        var reader = new RtcpReader(Convert.FromHexString(hex));
        Assert.False(reader.TryRead(out _));
        Assert.True(reader.IsMalformed);
    }

    [Theory]
    [InlineData("81C800061122334411223344112233441122334411223344AABBCCDD")] // a block announced, none there
    [InlineData("81C90001" + "00000001")]
    [InlineData("82CB0001" + "00000001")]
    [InlineData("81CD0001" + "00000001")]
    [InlineData("8FCE0004" + "00000001" + "00000000" + "52454D42" + "011A20DF")]
    [InlineData("8FCE0004" + "00000001" + "00000000" + "52454D43" + "001A20DF")]
    public void Views_do_not_open_on_what_is_too_short(string hex)
    {
        var packet = Single(hex);
        Assert.False(packet.TryGetSenderReport(out _) || packet.TryGetReceiverReport(out _) || packet.TryGetGoodbye(out _)
            || packet.TryGetNack(out _) || packet.TryGetRemb(out _));
    }

    [Fact]
    public void What_does_not_fit_is_not_written()
    {
        var writer = new RtcpWriter(_buffer.AsSpan(0, 20));
        Assert.True(writer.WritePli(1, 2));
        Assert.False(writer.WritePli(1, 2));
        Assert.False(writer.WriteNack(1, 2, []));
        Assert.Equal(12, writer.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_rising_numbers_come_through_a_nack(int seed)
    {
        var random = new Random(seed);
        var buffer = new byte[1400];
        for (var round = 0; round < 2000; round++)
        {
            var sequence = random.Next(65536);
            var numbers = new ushort[random.Next(1, 200)];
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = (ushort)sequence;
                sequence += random.Next(1, 25);
            }

            var writer = new RtcpWriter(buffer);
            Assert.True(writer.WriteNack(1, 2, numbers));
            Assert.True(Single(Convert.ToHexString(writer.Written)).TryGetNack(out var nack));
            Assert.Equal(numbers, ToList(nack));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_reports_come_back_as_they_were(int seed)
    {
        var random = new Random(seed);
        var buffer = new byte[1400];
        for (var round = 0; round < 2000; round++)
        {
            var info = new SenderInfo(UInt32(random), (ulong)random.NextInt64(), UInt32(random), UInt32(random), UInt32(random));
            var blocks = new ReportBlock[random.Next(0, 32)];
            for (var i = 0; i < blocks.Length; i++)
            {
                var lost = random.Next(-0x80_0000, 0x80_0000);
                blocks[i] = new ReportBlock(
                    UInt32(random), (byte)random.Next(256), lost, UInt32(random), UInt32(random), UInt32(random), UInt32(random));
            }

            var writer = new RtcpWriter(buffer);
            Assert.True(writer.WriteSenderReport(info, blocks));
            Assert.True(Single(Convert.ToHexString(writer.Written)).TryGetSenderReport(out var report));
            Assert.Equal(info, report.Info);
            Assert.Equal(blocks.Length, report.Blocks.Count);
            for (var i = 0; i < blocks.Length; i++)
            {
                Assert.Equal(blocks[i], report.Blocks[i]);
            }
        }
    }

    internal static RtcpPacket Single(string hex)
    {
        var reader = new RtcpReader(Convert.FromHexString(hex));
        Assert.True(reader.TryRead(out var packet));
        return packet;
    }

    private static uint UInt32(Random random) => (uint)random.NextInt64(1L << 32);

    private static List<ushort> ToList(Nack nack)
    {
        var list = new List<ushort>();
        foreach (var sequence in nack)
        {
            list.Add(sequence);
        }

        return list;
    }
}
