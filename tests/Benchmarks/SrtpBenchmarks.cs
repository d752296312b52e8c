using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Srtp;

namespace Classroom.Benchmarks;

/// <summary>
/// What protection costs per packet of 1,200 bytes, beside .NET's own AES-GCM on the same bytes: the ratio is why the
/// cipher context is kept (docs/decisions).
/// </summary>
[MemoryDiagnoser]
public class SrtpBenchmarks : IDisposable
{
    private const int PacketLength = 1200;
    private readonly byte[] _header = new byte[RtpPacket.FixedHeaderLength];
    private readonly byte[] _payload = RandomNumberGenerator.GetBytes(PacketLength - RtpPacket.FixedHeaderLength);
    private readonly byte[] _slot = new byte[PacketLength + SrtpProfileSizes.MaxOverhead];
    private readonly byte[] _nonce = new byte[12];
    private readonly byte[] _tag = new byte[16];
    private readonly SrtpContext _gcm = new(SrtpProfile.Aead128Gcm, new byte[16], new byte[12]);
    private readonly SrtpContext _counterMode = new(SrtpProfile.Aes128CmHmacSha1_80, new byte[16], new byte[14]);
    private readonly AesGcm _dotnet = new(new byte[16], 16);
    private ushort _sequence;

    public SrtpBenchmarks() => RtpWriter.WriteHeader(_header, 96, marker: false, 0, 1, 2);

    [Benchmark(Baseline = true)]
    public void DotnetAesGcm() => _dotnet.Encrypt(_nonce, _payload, _slot.AsSpan(0, _payload.Length), _tag, _header);

    [Benchmark]
    public bool ProtectGcm() => Protect(_gcm);

    [Benchmark]
    public bool ProtectCounterMode() => Protect(_counterMode);

    public void Dispose()
    {
        _gcm.Dispose();
        _counterMode.Dispose();
        _dotnet.Dispose();
        GC.SuppressFinalize(this);
    }

    private bool Protect(SrtpContext context)
    {
        RtpWriter.SetSequenceNumber(_header, _sequence++);
        return context.TryProtectRtp(_header, _payload, _slot, out _);
    }
}
