using System.Text;
using Classroom.Rtc.Stun;

namespace Classroom.Rtc.Tests.Stun;

public sealed class StunWriterTests
{
    private static readonly byte[] s_key = Encoding.UTF8.GetBytes("a password of twenty-four");
    private static readonly byte[] s_transaction = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    private readonly byte[] _buffer = new byte[StunWriter.MaxLength];

    [Fact]
    public void A_written_request_reads_back()
    {
        var length = StunWriter.WriteBindingRequest(_buffer, s_transaction, "them:us", s_key, new IceCheck(1234, 99, Controlling: true, UseCandidate: true));

        Assert.True(StunMessage.TryParse(_buffer.AsSpan(0, length), out var message));
        Assert.True(message.IsBindingRequest);
        Assert.Equal(s_transaction, message.TransactionId.ToArray());
        Assert.Equal("them:us", Encoding.UTF8.GetString(message.Username));
        Assert.Equal(1234u, message.Priority);
        Assert.True(message.UseCandidate);
        Assert.True(message.TryGetAttribute(StunAttribute.IceControlling, out _));
        Assert.True(message.VerifyIntegrity(s_key));
        Assert.False(message.VerifyIntegrity("another"u8));
        Assert.True(message.VerifyFingerprint());
    }

    [Theory]
    [InlineData("192.0.2.1:32853")]
    [InlineData("[2001:db8:1234:5678:11:2233:4455:6677]:32853")]
    public void A_written_success_carries_the_mapped_address(string text)
    {
        Assert.True(NetAddress.TryParse(text, out var address));
        var length = StunWriter.WriteBindingSuccess(_buffer, s_transaction, address, s_key);

        Assert.True(StunMessage.TryParse(_buffer.AsSpan(0, length), out var message));
        Assert.Equal(StunClass.Success, message.Class);
        Assert.True(message.VerifyIntegrity(s_key));
        Assert.True(message.VerifyFingerprint());
        Assert.True(message.TryGetXorMappedAddress(out var mapped));
        Assert.Equal(address, mapped);
    }

    [Fact]
    public void A_written_error_carries_its_code()
    {
        var length = StunWriter.WriteBindingError(_buffer, s_transaction, 487, "Role Conflict", s_key);

        Assert.True(StunMessage.TryParse(_buffer.AsSpan(0, length), out var message));
        Assert.Equal(StunClass.Error, message.Class);
        Assert.Equal(487, message.ErrorCode);
        Assert.True(message.VerifyIntegrity(s_key));
    }

    [Fact]
    public void Attributes_after_the_integrity_are_ignored()
    {
        var length = StunWriter.WriteBindingRequest(_buffer, s_transaction, "them:us", s_key, new IceCheck(1, 2, true, UseCandidate: false));
        // The fingerprint's place is taken by a nomination that nobody signed.
        var message = _buffer.AsSpan(0, length - 4);
        message[^4] = 0x00;
        message[^3] = 0x25;
        message[^2] = 0;
        message[^1] = 0;
        message[3] -= 4;

        Assert.True(StunMessage.TryParse(message, out var parsed));
        Assert.True(parsed.VerifyIntegrity(s_key));
        Assert.False(parsed.UseCandidate);
    }
}
