using System.Runtime.InteropServices;
using Classroom.Rtc.Dtls;

namespace Classroom.Rtc.OpenSsl;

/// <summary>
/// A BIO that keeps datagrams apart: one write is one datagram, one read takes one. OpenSSL's memory BIO is a stream of
/// bytes and would run them together.
/// </summary>
internal static unsafe class DatagramBio
{
    private const int CtrlFlush = 11;
    private const int CtrlGetMtuOverhead = 49;

    // IPv4 and UDP headers; what the path may add is in the MTU that the session sets.
    private const int MtuOverhead = 28;
    private static readonly nint s_method = CreateMethod();

    /// <summary>Makes a BIO over the datagrams; the handle must live as long as the BIO.</summary>
    public static nint Create(GCHandle datagrams)
    {
        var bio = LibCrypto.BIO_new(s_method);
        LibCrypto.BIO_set_data(bio, GCHandle.ToIntPtr(datagrams));
        return bio;
    }

    private static nint CreateMethod()
    {
        var method = LibCrypto.BIO_meth_new(LibCrypto.BIO_get_new_index() | LibCrypto.BioTypeSourceSink, "datagrams");
        LibCrypto.BIO_meth_set_write(method, &Write);
        LibCrypto.BIO_meth_set_read(method, &Read);
        LibCrypto.BIO_meth_set_ctrl(method, &Control);
        LibCrypto.BIO_meth_set_create(method, &Initialise);
        return method;
    }

    private static DtlsDatagrams DatagramsOf(nint bio) => (DtlsDatagrams)GCHandle.FromIntPtr(LibCrypto.BIO_get_data(bio)).Target!;

    [UnmanagedCallersOnly]
    private static int Initialise(nint bio)
    {
        LibCrypto.BIO_set_init(bio, 1);
        return 1;
    }

    [UnmanagedCallersOnly]
    private static int Write(nint bio, byte* data, int length)
    {
        LibCrypto.BIO_clear_flags(bio, LibCrypto.BioFlagsRetryMask);
        DatagramsOf(bio).Send(new ReadOnlySpan<byte>(data, length));
        return length;
    }

    [UnmanagedCallersOnly]
    private static int Read(nint bio, byte* data, int length)
    {
        LibCrypto.BIO_clear_flags(bio, LibCrypto.BioFlagsRetryMask);
        if (DatagramsOf(bio).TryReceive(new Span<byte>(data, length), out var read))
        {
            return read;
        }

        LibCrypto.BIO_set_flags(bio, LibCrypto.BioFlagRead | LibCrypto.BioFlagShouldRetry);
        return -1;
    }

    [UnmanagedCallersOnly]
    private static nint Control(nint bio, int command, nint number, nint pointer) => command switch
    {
        CtrlFlush => 1,
        CtrlGetMtuOverhead => MtuOverhead,
        _ => 0,
    };
}
