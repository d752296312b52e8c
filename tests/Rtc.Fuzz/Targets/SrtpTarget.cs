using Classroom.Rtc.Rtp;
using Classroom.Rtc.Srtp;

namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>Forged and bent SRTP and SRTCP in both profiles.</summary>
internal sealed class SrtpTarget : FuzzTarget
{
    private readonly SrtpContext[] _contexts = [Context(SrtpProfile.Aead128Gcm), Context(SrtpProfile.Aes128CmHmacSha1_80)];
    private readonly byte[] _packet = new byte[2000];

    public override string Name => "srtp";

    public override IReadOnlyList<byte[]> Corpus { get; } = CreateCorpus();

    public override int Run(byte[] input)
    {
        var result = 0;
        foreach (var context in _contexts)
        {
            input.CopyTo(_packet.AsSpan());
            var rtp = context.TryUnprotectRtp(_packet.AsSpan(0, input.Length), out var length);
            Require(length <= input.Length, "Longer than what came.");
            input.CopyTo(_packet.AsSpan());
            var rtcp = context.TryUnprotectRtcp(_packet.AsSpan(0, input.Length), out var controlLength);
            Require(controlLength <= input.Length, "Longer than what came.");
            Protect(context, input);
            result = (result << 3) | (rtp ? 4 : 0) | (rtcp ? 2 : 0) | (RtpPacket.TryParse(input, out _) ? 1 : 0);
        }

        return result;
    }

    public override void Dispose()
    {
        Array.ForEach(_contexts, context => context.Dispose());
        base.Dispose();
    }

    // SSRCs to send with are our own choice, so here they are always the same one.
    private void Protect(SrtpContext context, byte[] input)
    {
        if (input.Length >= RtpPacket.FixedHeaderLength)
        {
            input.CopyTo(_packet.AsSpan());
            RtpWriter.SetSsrc(_packet, 7);
            _ = context.TryProtectRtp(_packet.AsSpan(0, input.Length), _packet, out _);
        }
    }

    private static SrtpContext Context(SrtpProfile profile) =>
        new(profile, new byte[profile.MasterKeyLength()], new byte[profile.MasterSaltLength()]);

    private static List<byte[]> CreateCorpus()
    {
        var corpus = new List<byte[]>();
        var slot = new byte[200];
        foreach (var profile in new[] { SrtpProfile.Aead128Gcm, SrtpProfile.Aes128CmHmacSha1_80 })
        {
            using var context = Context(profile);
            for (ushort sequence = 1; sequence < 20; sequence++)
            {
                var plain = Convert.FromHexString("906000010000000200000003BEDE000110AA0000CAFE");
                RtpWriter.SetSequenceNumber(plain, sequence);
                context.TryProtectRtp(plain, slot, out var written);
                corpus.Add(slot[..written]);
            }

            context.TryProtectRtcp(Convert.FromHexString("80C9000100000001"), slot, out var length);
            corpus.Add(slot[..length]);
        }

        return corpus;
    }
}
