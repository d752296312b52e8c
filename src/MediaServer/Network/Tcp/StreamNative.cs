using System.Runtime.InteropServices;

namespace Classroom.MediaServer.Network.Tcp;

/// <summary>The calls of the C library for many TCP connections at once. Constants are those of 64-bit Linux.</summary>
internal static unsafe partial class StreamNative
{
    /// <summary>The call before had nothing to give, or no room.</summary>
    public static bool LastErrorIsAgain => Marshal.GetLastPInvokeError() == Eagain;

    /// <summary>Non-blocking and not inherited by programs that are started (FFmpeg).</summary>
    private const int NonBlocking = 0x800 | 0x80000;

    private const int Eagain = 11;
    private const int EpollIn = 1;
    private const int EpollAdd = 1;
    private const int EpollDelete = 2;
    private const int EpollCloseOnExec = 0x80000;
    private const int DontWaitNoSignal = 0x40 | 0x4000;
    private const int SolSocket = 1;
    private const int SoSendBuffer = 7;
    private const int IpProtoTcp = 6;
    private const int TcpNoDelay = 1;

    // struct epoll_event is packed on x86-64 only.
    private static readonly int s_eventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    public static int Create() => EpollCreate(EpollCloseOnExec);

    /// <summary>Reports when there is something to read, with a number of the caller's.</summary>
    public static bool Watch(int epoll, int descriptor, ulong number)
    {
        var data = stackalloc byte[16];
        *(uint*)data = EpollIn;
        *(ulong*)(data + s_eventSize - sizeof(ulong)) = number;
        return EpollControl(epoll, EpollAdd, descriptor, data) == 0;
    }

    public static void Unwatch(int epoll, int descriptor)
    {
        var unused = stackalloc byte[16];
        _ = EpollControl(epoll, EpollDelete, descriptor, unused);
    }

    /// <summary>Waits for what is watched and gives the numbers of what is ready.</summary>
    /// <param name="timeoutMs">-1: without limit.</param>
    public static int Wait(int epoll, Span<ulong> ready, int timeoutMs)
    {
        var data = stackalloc byte[16 * ready.Length];
        var count = Math.Max(EpollWait(epoll, data, ready.Length, timeoutMs), 0);
        for (var i = 0; i < count; i++)
        {
            ready[i] = *(ulong*)(data + ((i + 1) * s_eventSize) - sizeof(ulong));
        }

        return count;
    }

    /// <returns>-1 when nobody waits, or the system has no more descriptors.</returns>
    public static int Accept(int listener, out SocketAddressBytes from)
    {
        from = default;
        var length = (uint)SocketAddressBytes.Capacity;
        fixed (SocketAddressBytes* name = &from)
        {
            return Accept4(listener, name, &length, NonBlocking);
        }
    }

    /// <summary>Packets leave at once, and only so many wait in the system.</summary>
    public static void Prepare(int descriptor, int sendBuffer)
    {
        var one = 1;
        _ = SetOption(descriptor, IpProtoTcp, TcpNoDelay, &one, sizeof(int));
        _ = SetOption(descriptor, SolSocket, SoSendBuffer, &sendBuffer, sizeof(int));
    }

    /// <returns>Bytes read; 0 at the end of the stream; -1 with an error, <see cref="LastErrorIsAgain"/> when there is nothing.</returns>
    public static int Receive(int descriptor, byte* buffer, int length) => (int)ReceiveBytes(descriptor, buffer, (nuint)length, DontWaitNoSignal);

    public static int Send(int descriptor, byte* buffer, int length) => (int)SendBytes(descriptor, buffer, (nuint)length, DontWaitNoSignal);

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    private static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    private static partial int EpollControl(int epoll, int operation, int descriptor, void* data);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    private static partial int EpollWait(int epoll, void* events, int count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    private static partial int Accept4(int listener, void* name, uint* length, int flags);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    private static partial int SetOption(int descriptor, int level, int option, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint ReceiveBytes(int descriptor, void* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint SendBytes(int descriptor, void* buffer, nuint length, int flags);
}
