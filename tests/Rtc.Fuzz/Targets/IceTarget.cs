using System.Buffers.Binary;
using System.Text;
using Classroom.Rtc.Ice;
using Classroom.Rtc.Stun;

namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>Strangers' datagrams to an ICE agent.</summary>
internal class IceTarget : FuzzTarget
{
    private static readonly IceCredentials s_credentials = new("ourufrag", "a password of 24 letters");
    private readonly byte[] _response = new byte[StunWriter.MaxLength];
    private readonly IceLiteAgent _agent = new(s_credentials);
    private ushort _port;

    public override string Name => "ice";

    public override IReadOnlyList<byte[]> Corpus { get; } = CreateCorpus();

    protected static byte[] Key { get; } = Encoding.UTF8.GetBytes(s_credentials.Password);

    public override int Run(byte[] input)
    {
        var from = NetAddress.FromIPv4([192, 0, 2, 1], _port++);
        var result = _agent.Handle(input, from, Instant.FromMilliseconds(_port), _response, out var length);
        Require(length == 0 || length < input.Length + 128, "The response is much longer than the request.");
        Require(result is not (IceResult.Ignored or IceResult.Refused) || length == 0, "A stranger got a response.");
        return HashCode.Combine(result, length);
    }

    private static List<byte[]> CreateCorpus()
    {
        var corpus = StunTarget.CreateCorpus();
        var buffer = new byte[StunWriter.MaxLength];
        foreach (var nominate in new[] { false, true })
        {
            corpus.Add(buffer[..StunWriter.WriteBindingRequest(buffer, new byte[12], "ourufrag:peer", Key, new IceCheck(1, 2, true, nominate))]);
        }

        corpus.Add(buffer[..StunWriter.WriteBindingRequest(buffer, new byte[12], "ourufrag:peer", Key, new IceCheck(1, 2, false, false))]);
        return corpus;
    }
}

/// <summary>A hostile peer that knows the password: whatever it sends is signed correctly before the agent sees it.</summary>
internal sealed class SignedIceTarget : IceTarget
{
    public override string Name => "ice-signed";

    public override int Run(byte[] input)
    {
        if (input.Length < StunMessage.HeaderLength || input.Length > 1200)
        {
            return 0;
        }

        var length = (input.Length - StunMessage.HeaderLength) & ~3;
        var signed = new byte[StunMessage.HeaderLength + length + StunIntegrity.AttributeLength];
        input.AsSpan(0, StunMessage.HeaderLength + length).CopyTo(signed);
        BinaryPrimitives.WriteUInt16BigEndian(signed.AsSpan(2), (ushort)(length + StunIntegrity.AttributeLength));
        var attribute = signed.AsSpan(StunMessage.HeaderLength + length);
        BinaryPrimitives.WriteUInt16BigEndian(attribute, (ushort)StunAttribute.MessageIntegrity);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[2..], 20);
        StunIntegrity.Compute(signed.AsSpan(0, StunMessage.HeaderLength + length), Key, attribute[4..]);
        return base.Run(signed);
    }
}
