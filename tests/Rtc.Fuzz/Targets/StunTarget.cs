using Classroom.Rtc.Stun;

namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>STUN messages (corpus of RFC 5769 and our own writer).</summary>
internal sealed class StunTarget : FuzzTarget
{
    public override string Name => "stun";

    public override IReadOnlyList<byte[]> Corpus { get; } = CreateCorpus();

    public override int Run(byte[] input)
    {
        if (!StunMessage.TryParse(input, out var message))
        {
            return 0;
        }

        var hash = new HashCode();
        hash.Add(message.Class);
        hash.Add(message.Method);
        hash.Add(message.UseCandidate);
        hash.Add(message.Username.Length);
        hash.Add(message.Priority == 0);
        hash.Add(message.ErrorCode);
        hash.Add(message.TryGetXorMappedAddress(out var address) ? address.AddressLength : 0);
        hash.Add(message.VerifyIntegrity("VOkJxbRl1RmTxUk/WvJxBt"u8));
        hash.Add(message.VerifyFingerprint());
        foreach (var attribute in message.Attributes)
        {
            hash.Add(attribute.Type);
        }

        _ = address.ToString();
        return hash.ToHashCode();
    }

    internal static List<byte[]> CreateCorpus()
    {
        var buffer = new byte[StunWriter.MaxLength];
        var corpus = new List<byte[]>
        {
            Convert.FromHexString(
                "000100582112A442B7E7A701BC34D686FA87DFAE802200105354554E207465737420636C69656E74002400046E0001FF"
                + "80290008932FF9B151263B36000600096576746A3A68367659202020000800149AEAA70CBFD8CB56781EF2B5B2D3F249"
                + "C1B571A280280004E57A3BCF"),
            Convert.FromHexString(
                "0101003C2112A442B7E7A701BC34D686FA87DFAE8022000B7465737420766563746F7220002000080001A147E112A643"
                + "000800142B91F599FD9E90C38C7489F92AF9BA53F06BE7D780280004C07D4C96"),
        };
        corpus.Add(buffer[..StunWriter.WriteBindingRequest(buffer, new byte[12], "a:b", "key"u8, new IceCheck(1, 2, true, true))]);
        corpus.Add(buffer[..StunWriter.WriteBindingError(buffer, new byte[12], 420, "Unknown Attribute", "key"u8, [StunAttribute.Realm])]);
        corpus.Add(buffer[..StunWriter.WriteBindingSuccess(buffer, new byte[12], NetAddress.FromIPv6(new byte[16], 1), "key"u8)]);
        return corpus;
    }
}
