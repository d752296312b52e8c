using System.Runtime.InteropServices;
using Classroom.Rtc;
using Classroom.Rtc.Ice;

namespace Classroom.MediaServer.Network.Tcp;

/// <summary>
/// One TCP connection that carries datagrams (RFC 4571). It belongs to one thread at a time. What the peer does not take in
/// time is dropped packet by packet: media is of no use late, and nobody waits for a slow reader.
/// </summary>
internal sealed unsafe class StreamConnection : IDisposable
{
    /// <summary>Packets that wait here for the system: a large key frame.</summary>
    public const int MostWaiting = 256 * 1024;

    // About a second at the rate of a seat; the system keeps twice this for its own bookkeeping.
    private const int SystemBuffer = 128 * 1024;
    private const int ReadBuffer = 8 * 1024;

    private readonly ConnectionLimits _limits;
    private readonly byte* _read = (byte*)NativeMemory.Alloc(ReadBuffer);
    private readonly SocketAddressBytes* _from = (SocketAddressBytes*)NativeMemory.Alloc((nuint)sizeof(SocketAddressBytes));
    private byte* _waiting;
    private int _readStart;
    private int _readEnd;
    private int _waitingLength;

    /// <param name="descriptor">Accepted, non-blocking; closed at the end.</param>
    /// <param name="number">Unique on this server.</param>
    /// <param name="limits">Told when this ends.</param>
    public StreamConnection(int descriptor, uint number, NetAddress peer, ConnectionLimits limits)
    {
        Descriptor = descriptor;
        Number = number;
        Peer = peer.OverTcp();
        _limits = limits;
        *_from = SocketAddressBytes.ForStream(Peer, number);
        StreamNative.Prepare(descriptor, SystemBuffer);
    }

    public int Descriptor { get; }

    public uint Number { get; }

    public NetAddress Peer { get; }

    /// <summary>Address of what is received here.</summary>
    public SocketAddressBytes* From => _from;

    /// <summary>The peer is gone or broke the rules; to be disposed of when nothing points into it any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Something is there to be taken: a whole frame, or one that cannot be.</summary>
    public bool HasFrame => Peek(out _) != FrameStatus.Incomplete;

    public bool HasWaiting => _waitingLength > 0;

    /// <summary>Bytes that the system took, for telling a slow peer from one that reads nothing.</summary>
    public long Sent { get; private set; }

    private Span<byte> Received => new(_read + _readStart, _readEnd - _readStart);

    /// <summary>Reads once. Frames that were taken before are gone.</summary>
    public void Fill()
    {
        Received.CopyTo(new Span<byte>(_read, ReadBuffer));
        _readEnd -= _readStart;
        _readStart = 0;
        if (_readEnd == ReadBuffer)
        {
            // Whole frames are still to be taken.
            return;
        }

        var count = StreamNative.Receive(Descriptor, _read + _readEnd, ReadBuffer - _readEnd);
        if (count > 0)
        {
            _readEnd += count;
            return;
        }

        IsBroken |= count == 0 || !StreamNative.LastErrorIsAgain;
    }

    /// <summary>The next frame, which stays the next.</summary>
    public FrameStatus Peek(out Span<byte> frame) => StreamFraming.TryRead(Received, out frame);

    /// <summary>The next frame; valid until <see cref="Fill"/>.</summary>
    public FrameStatus TryTake(out Span<byte> frame)
    {
        var status = Peek(out frame);
        switch (status)
        {
            case FrameStatus.Complete:
                _readStart += StreamFraming.HeaderLength + frame.Length;
                break;
            case FrameStatus.Invalid:
                IsBroken = true;
                break;
        }

        return status;
    }

    /// <summary>Takes a packet to send; false when it is dropped because the peer does not read.</summary>
    public bool TrySend(ReadOnlySpan<byte> datagram)
    {
        var length = StreamFraming.HeaderLength + datagram.Length;
        if (_waitingLength + length > MostWaiting)
        {
            Flush();
        }

        if (IsBroken || _waitingLength + length > MostWaiting)
        {
            return false;
        }

        if (_waiting is null)
        {
            _waiting = (byte*)NativeMemory.Alloc(MostWaiting);
        }

        _waitingLength += StreamFraming.Write(datagram, new Span<byte>(_waiting + _waitingLength, length));
        return true;
    }

    /// <summary>Gives the system what it takes.</summary>
    public void Flush()
    {
        if (IsBroken || _waitingLength == 0)
        {
            return;
        }

        var count = StreamNative.Send(Descriptor, _waiting, _waitingLength);
        if (count < 0)
        {
            IsBroken = !StreamNative.LastErrorIsAgain;
            return;
        }

        Sent += count;
        _waitingLength -= count;
        new Span<byte>(_waiting + count, _waitingLength).CopyTo(new Span<byte>(_waiting, _waitingLength));
    }

    public void Break() => IsBroken = true;

    public void Dispose()
    {
        _ = LinuxNative.Close(Descriptor);
        NativeMemory.Free(_read);
        NativeMemory.Free(_from);
        NativeMemory.Free(_waiting);
        _limits.Leave(Peer);
    }
}
