namespace Classroom.Rtc.Tests;

public sealed class NetAddressTests
{
    [Fact]
    public void A_mapped_IPv4_address_equals_the_plain_one()
    {
        var plain = NetAddress.FromIPv4([192, 0, 2, 7], 5004);
        var mapped = NetAddress.FromIPv6([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 7], 5004);

        Assert.Equal(plain, mapped);
        Assert.Equal(plain.GetHashCode(), mapped.GetHashCode());
        Assert.True(mapped.IsIPv4);
        Assert.NotEqual(plain, NetAddress.FromIPv4([192, 0, 2, 7], 5005));
    }

    [Theory]
    [InlineData("192.0.2.7:5004")]
    [InlineData("[2001:db8::1]:443")]
    [InlineData("[::1]:65535")]
    public void Text_reads_back(string text)
    {
        Assert.True(NetAddress.TryParse(text, out var address));
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2.7")]
    [InlineData("192.0.2.7:70000")]
    [InlineData("2001:db8::1:443")]
    [InlineData("host:1")]
    [InlineData("[]:1")]
    [InlineData("[:1")]
    public void Other_text_is_refused(string text) => Assert.False(NetAddress.TryParse(text, out _));

    [Fact]
    public void Writes_the_bytes_it_was_made_from()
    {
        Span<byte> bytes = stackalloc byte[16];
        Assert.Equal(4, NetAddress.FromIPv4([10, 1, 2, 3], 1).WriteAddress(bytes));
        Assert.Equal([10, 1, 2, 3], bytes[..4].ToArray());
        Assert.Equal(16, NetAddress.FromIPv4([10, 1, 2, 3], 1).WriteMappedAddress(bytes));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10, 1, 2, 3], bytes.ToArray());
    }

    [Fact]
    public void The_same_address_by_tcp_is_another()
    {
        var udp = NetAddress.FromIPv4([192, 0, 2, 7], 5004);
        Assert.NotEqual(udp, udp.OverTcp());
        Assert.Equal(udp.OverTcp(), NetAddress.FromIPv4([192, 0, 2, 7], 5004).OverTcp());
        Assert.Equal("192.0.2.7:5004/tcp", udp.OverTcp().ToString());
    }

    [Theory]
    [InlineData("192.0.2.7:1", "192.0.2.7:2", true)]
    [InlineData("192.0.2.7:1", "192.0.2.8:1", false)]
    [InlineData("[2001:db8::1]:1", "[2001:db8::2]:1", true)]
    [InlineData("[2001:db8::1]:1", "[2001:db8:0:1::1]:1", false)]
    public void What_one_machine_can_choose_from_is_one_network(string first, string second, bool same)
    {
        Assert.True(NetAddress.TryParse(first, out var a));
        Assert.True(NetAddress.TryParse(second, out var b));
        Assert.Equal(same, a.Network == b.Network);
    }
}
