using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Classroom.Rtc.OpenSsl;
using Classroom.Rtc.Srtp;

namespace Classroom.Rtc.Dtls;

/// <summary>
/// One DTLS 1.2 session for SRTP keys (RFC 5764) on OpenSSL. Feed it datagrams and timeouts, then send what
/// <see cref="TryTakeDatagram"/> gives. It may move between threads, but only one may use it at a time.
/// </summary>
/// <remarks>
/// OpenSSL reads its own clock for retransmission, the one exception to "time is an argument". <see cref="NextTimeout"/>
/// is when to ask it again; called early, it says so and the timeout moves.
/// </remarks>
public sealed unsafe class DtlsSession : IDisposable
{
    // Fits IPv6, a TURN header and a tunnel of the provider.
    private const int Mtu = 1200;
    private const uint FirstRetransmitMicroseconds = 100_000;
    private const uint LongestRetransmitMicroseconds = 3_000_000;

    // OpenSSL's clock and ours are not the same one: without a floor a timeout that is a microsecond early would spin.
    private static readonly TimeSpan s_shortestTimeout = TimeSpan.FromMilliseconds(1);
    private readonly DtlsDatagrams _datagrams = new();
    private GCHandle _handle;
    private nint _ssl;

    public DtlsSession(DtlsCertificate certificate, DtlsRole role)
    {
        Role = role;
        _handle = GCHandle.Alloc(_datagrams);
        _ssl = LibSsl.SSL_new(certificate.Context);
        var bio = DatagramBio.Create(_handle);
        LibSsl.SSL_set_bio(_ssl, bio, bio);
        LibSsl.SSL_ctrl(_ssl, LibSsl.CtrlSetMtu, Mtu, 0);
        LibSsl.DTLS_set_timer_cb(_ssl, &NextRetransmit);
        if (role == DtlsRole.Server)
        {
            LibSsl.SSL_set_accept_state(_ssl);
        }
        else
        {
            LibSsl.SSL_set_connect_state(_ssl);
        }
    }

    public DtlsRole Role { get; }

    public DtlsState State { get; private set; } = DtlsState.Handshaking;

    /// <summary>
    /// SHA-256 of the peer's certificate, <c>AA:BB:…</c>; null before the handshake is done. A session is only worth
    /// something once this equals the fingerprint in the peer's session description.
    /// </summary>
    public string? RemoteFingerprint { get; private set; }

    /// <summary>When to call <see cref="OnTimeout"/>.</summary>
    public Instant NextTimeout { get; private set; } = Instant.Never;

    /// <summary>Sends the first flight; only for a client.</summary>
    public void Start(Instant now)
    {
        if (Role == DtlsRole.Client && State == DtlsState.Handshaking)
        {
            Advance(now);
        }
    }

    /// <summary>Takes one datagram from the peer. Anything malformed is ignored, as DTLS wants it.</summary>
    public void Receive(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (_ssl == 0 || State is DtlsState.Failed or DtlsState.Closed || datagram.IsEmpty || datagram.Length > Datagram.MaxLength)
        {
            return;
        }

        fixed (byte* first = datagram)
        {
            _datagrams.Offer(first, datagram.Length);
            Advance(now);
            _datagrams.Withdraw();
        }
    }

    /// <summary>Repeats the last flight if OpenSSL finds that it is time.</summary>
    public void OnTimeout(Instant now)
    {
        if (_ssl == 0 || now < NextTimeout)
        {
            return;
        }

        // Cleared first: whatever happens below, a timeout that was due must not stay due.
        NextTimeout = Instant.Never;
        LibCrypto.ERR_clear_error();
        if (LibSsl.SSL_ctrl(_ssl, LibSsl.CtrlDtlsHandleTimeout, 0, 0) < 0 && State == DtlsState.Handshaking)
        {
            State = DtlsState.Failed;
            return;
        }

        UpdateTimeout(now);
    }

    /// <summary>Takes the next datagram to send; false when there is none.</summary>
    public bool TryTakeDatagram([NotNullWhen(true)] out byte[]? datagram) => _datagrams.TryTake(out datagram);

    /// <summary>The keys; null unless connected and agreed on an SRTP profile.</summary>
    public SrtpKeys? ExportKeys()
    {
        if (_ssl == 0 || State != DtlsState.Connected)
        {
            return null;
        }

        var selected = LibSsl.SSL_get_selected_srtp_profile(_ssl);
        if (selected is null)
        {
            return null;
        }

        var profile = (SrtpProfile)(ushort)selected[1];
        Span<byte> material = stackalloc byte[2 * (profile.MasterKeyLength() + profile.MasterSaltLength())];
        var label = "EXTRACTOR-dtls_srtp"u8;
        LibCrypto.ERR_clear_error();
        fixed (byte* output = material, labelPointer = label)
        {
            var done = LibSsl.SSL_export_keying_material(_ssl, output, (nuint)material.Length, labelPointer, (nuint)label.Length, null, 0, 0);
            return done == 1 ? new SrtpKeys(profile, material) : null;
        }
    }

    /// <summary>Says goodbye: one more datagram to send. Browsers notice it only after seconds.</summary>
    public void Close()
    {
        if (_ssl != 0 && State == DtlsState.Connected)
        {
            LibCrypto.ERR_clear_error();
            _ = LibSsl.SSL_shutdown(_ssl);
        }

        if (State is not DtlsState.Failed)
        {
            State = DtlsState.Closed;
        }

        NextTimeout = Instant.Never;
    }

    public void Dispose()
    {
        LibSsl.SSL_free(_ssl);
        _ssl = 0;
        if (_handle.IsAllocated)
        {
            _handle.Free();
        }
    }

    /// <summary>OpenSSL asks for the next interval: 0 for the first, else the one that has just passed.</summary>
    [UnmanagedCallersOnly]
    private static uint NextRetransmit(nint ssl, uint microseconds) =>
        microseconds == 0 ? FirstRetransmitMicroseconds : Math.Min(microseconds * 2, LongestRetransmitMicroseconds);

    private void Advance(Instant now)
    {
        if (State == DtlsState.Handshaking)
        {
            Handshake();
        }

        if (State == DtlsState.Connected)
        {
            ReadAll();
        }

        UpdateTimeout(now);
    }

    private void Handshake()
    {
        LibCrypto.ERR_clear_error();
        var result = LibSsl.SSL_do_handshake(_ssl);
        if (result == 1)
        {
            RemoteFingerprint = ReadRemoteFingerprint();
            State = RemoteFingerprint is null ? DtlsState.Failed : DtlsState.Connected;
        }
        else if (LibSsl.SSL_get_error(_ssl, result) != LibSsl.ErrorWantRead)
        {
            State = DtlsState.Failed;
        }
    }

    // Also answers a repeated last flight of the peer; data (there is no SCTP here) is dropped.
    private void ReadAll()
    {
        var buffer = stackalloc byte[2048];
        int result;
        do
        {
            LibCrypto.ERR_clear_error();
            result = LibSsl.SSL_read(_ssl, buffer, 2048);
        }
        while (result > 0);

        switch (LibSsl.SSL_get_error(_ssl, result))
        {
            case LibSsl.ErrorWantRead:
                break;
            case LibSsl.ErrorZeroReturn:
                State = DtlsState.Closed;
                break;
            default:
                State = DtlsState.Failed;
                break;
        }
    }

    private void UpdateTimeout(Instant now)
    {
        LibSsl.TimeVal left = default;
        var runs = State is DtlsState.Handshaking or DtlsState.Connected
            && LibSsl.SSL_ctrl(_ssl, LibSsl.CtrlDtlsGetTimeout, 0, (nint)(&left)) == 1;
        if (!runs)
        {
            NextTimeout = Instant.Never;
            return;
        }

        var wait = TimeSpan.FromSeconds(left.Seconds) + TimeSpan.FromMicroseconds(left.Microseconds);
        NextTimeout = now + (wait > s_shortestTimeout ? wait : s_shortestTimeout);
    }

    private string? ReadRemoteFingerprint()
    {
        var certificate = LibSsl.SSL_get1_peer_certificate(_ssl);
        if (certificate == 0)
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[32];
        uint length;
        int done;
        fixed (byte* output = hash)
        {
            done = LibCrypto.X509_digest(certificate, LibCrypto.EVP_sha256(), output, &length);
        }

        LibCrypto.X509_free(certificate);
        return done == 1 ? DtlsCertificate.FormatFingerprint(hash) : null;
    }
}
