using System.Runtime.InteropServices;

namespace Classroom.MediaServer.Network;

/// <summary>The few calls of the C library that move many datagrams at once. Layouts are those of 64-bit Linux.</summary>
internal static unsafe partial class LinuxNative
{
    public const int Eintr = 4;
    public const int Eio = 5;
    public const int Eagain = 11;
    public const int Einval = 22;
    public const int DontWait = 0x40;
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const int SolSocket = 1;
    public const int SoReusePort = 15;
    public const int SoSendBufferForce = 32;
    public const int SoReceiveBufferForce = 33;
    public const int SolUdp = 17;
    public const int UdpSegment = 103;
    public const int SolIp = 0;
    public const int IpPacketInfo = 8;
    public const int SolIpv6 = 41;
    public const int Ipv6ReceivePacketInfo = 49;
    public const int Ipv6PacketInfo = 50;
    private const int ThreadClock = 3;

    [StructLayout(LayoutKind.Sequential)]
    public struct IoVector
    {
        public void* Base;
        public nuint Length;
    }

    /// <summary>struct mmsghdr. Its flags are 32 bits wide, with 32 bits of padding behind them.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Vector;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public long Flags;
        public uint Transferred;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct SegmentControl
    {
        public nuint Length;
        public int Level;
        public int Type;
        public ulong SegmentSize;
    }

    /// <summary>struct cmsghdr with an in6_pktinfo, or with an in_pktinfo, which is shorter; filled up to whole words.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PacketInfoControl
    {
        public nuint Length;
        public int Level;
        public int Type;
        public fixed byte Info[24];
    }

    /// <summary>What may go with one message: either, or both behind each other.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SendControl
    {
        public SegmentControl Segment;
        public PacketInfoControl Info;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>Processor time of the calling thread.</summary>
    public static TimeSpan ThreadTime()
    {
        TimeSpec time;
        return ReadClock(ThreadClock, &time) == 0 ? new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100)) : TimeSpan.Zero;
    }

    // Nobody reads the error of these two, and keeping it costs a call before and one after.
    [LibraryImport("libc", EntryPoint = "recvmmsg")]
    public static partial int ReceiveMany(int socket, Message* messages, uint count, int flags, TimeSpec* timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int SendMany(int socket, Message* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "ppoll")]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, TimeSpec* timeout, void* signals);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    public static partial int SetPriority(int which, int who, int nice);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, TimeSpec* time);
}
