using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Classroom.MediaServer.Network;

/// <summary>recvmmsg and sendmmsg on buffers that are made once.</summary>
internal sealed unsafe class LinuxDatagramPort : IDatagramPort
{
    private const int BatchSize = 64;
    private const int BufferSize = 2048;
    private const int WaitForRoomMs = 2;

    // After a batch like this the next one has come meanwhile.
    private const int LargeBatch = 8;
    private const int MediaNice = -10;

    private readonly Socket _socket;
    private readonly int _descriptor;
    private readonly int _wakeUp;
    private readonly PortCounters _counters;
    private readonly byte* _buffers = (byte*)NativeMemory.AlignedAlloc(BatchSize * BufferSize, 64);
    private readonly SocketAddressBytes* _names = Allocate<SocketAddressBytes>(BatchSize);
    private readonly LinuxNative.Message* _incoming = Allocate<LinuxNative.Message>(BatchSize);
    private readonly LinuxNative.IoVector* _incomingVectors = Allocate<LinuxNative.IoVector>(BatchSize);
    private readonly LinuxNative.Message* _outgoing = Allocate<LinuxNative.Message>(SendQueue.MaxMessages);
    private readonly LinuxNative.IoVector* _outgoingVectors = Allocate<LinuxNative.IoVector>(SendQueue.MaxMessages);
    private readonly LinuxNative.SendControl* _controls = Allocate<LinuxNative.SendControl>(SendQueue.MaxMessages);
    private readonly LinuxNative.PacketInfoControl* _infos = Allocate<LinuxNative.PacketInfoControl>(BatchSize);
    private readonly LocalAddressing? _local;
    private int _wakeUpSent;
    private int _lastBatch;
    private int _beside = -1;

    /// <param name="socket">Bound.</param>
    /// <param name="counters">Of the loop.</param>
    /// <param name="keepsLocal">The host has several addresses: answers leave from the one at which a peer knows it.</param>
    public LinuxDatagramPort(Socket socket, PortCounters counters, bool keepsLocal)
    {
        _socket = socket;
        _local = keepsLocal ? LocalAddressing.Begin(socket) : null;
        _descriptor = (int)socket.Handle;
        _counters = counters;
        _wakeUp = LinuxNative.EventDescriptor(0, 0x800);
        Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        for (var i = 0; i < BatchSize; i++)
        {
            _incomingVectors[i] = new LinuxNative.IoVector { Base = _buffers + (i * BufferSize), Length = BufferSize };
            _incoming[i] = new LinuxNative.Message { Name = _names + i, NameLength = SocketAddressBytes.Capacity, Vector = _incomingVectors + i, VectorCount = 1 };
        }

        for (var i = 0; i < SendQueue.MaxMessages; i++)
        {
            _controls[i].Segment = new LinuxNative.SegmentControl { Length = 18, Level = LinuxNative.SolUdp, Type = LinuxNative.UdpSegment };
            _outgoing[i] = new LinuxNative.Message { Vector = _outgoingVectors + i, VectorCount = 1 };
        }
    }

    public int Port { get; }

    public bool CanSendRuns { get; private set; } = true;

    /// <summary>Ends waits for datagrams as well when this descriptor becomes readable.</summary>
    public void WaitBeside(int descriptor) => _beside = descriptor;

    public void Enter()
    {
        // Encoders may work beside a lesson on the same cores. Lower values need a right that not every process has:
        // then the thread stays where it is.
        _ = LinuxNative.SetPriority(0, 0, MediaNice);
    }

    public Span<byte> Datagram(int index) => new(_buffers + (index * BufferSize), (int)_incoming[index].Transferred);

    public SocketAddressBytes* From(int index) => _names + index;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Receive(TimeSpan timeout)
    {
        // Under load datagrams are waiting already, and the poll is saved; otherwise a look that finds nothing is.
        var count = _lastBatch >= LargeBatch ? ReceiveNow() : 0;
        return count == 0 && Wait(timeout) ? ReceiveNow() : count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Send(SendQueue queue)
    {
        for (var i = 0; i < queue.Count; i++)
        {
            Prepare(i, ref queue[i]);
        }

        var sent = 0;
        while (sent < queue.Count)
        {
            var count = LinuxNative.SendMany(_descriptor, _outgoing + sent, (uint)(queue.Count - sent), LinuxNative.DontWait);
            if (count > 0)
            {
                sent += count;
                continue;
            }

            sent += Recover(sent, ref queue[sent], Marshal.GetLastPInvokeError());
        }

        queue.Clear();
        queue.JoinRuns = CanSendRuns;
    }

    public void Wake()
    {
        if (Interlocked.Exchange(ref _wakeUpSent, 1) == 0)
        {
            // After the end the flag stays set: the descriptor's number may be somebody else's by then.
            var one = 1ul;
            LinuxNative.Write(_wakeUp, &one, sizeof(ulong));
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref _wakeUpSent, 1);
        LinuxNative.Close(_wakeUp);
        _socket.Dispose();
        NativeMemory.AlignedFree(_buffers);
        NativeMemory.Free(_names);
        NativeMemory.Free(_incoming);
        NativeMemory.Free(_incomingVectors);
        NativeMemory.Free(_outgoing);
        NativeMemory.Free(_outgoingVectors);
        NativeMemory.Free(_controls);
        NativeMemory.Free(_infos);
    }

    private static T* Allocate<T>(int count)
        where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(T));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReceiveNow()
    {
        // The kernel has written the lengths of the names that it filled in.
        for (var i = 0; i < _lastBatch; i++)
        {
            _incoming[i].NameLength = SocketAddressBytes.Capacity;
        }

        if (_local is null)
        {
            _lastBatch = Math.Max(LinuxNative.ReceiveMany(_descriptor, _incoming, BatchSize, LinuxNative.DontWait, null), 0);
            return _lastBatch;
        }

        return ReceiveWithLocal(_local);
    }

    private int ReceiveWithLocal(LocalAddressing local)
    {
        for (var i = 0; i < BatchSize; i++)
        {
            _incoming[i].Control = _infos + i;
            _incoming[i].ControlLength = (nuint)sizeof(LinuxNative.PacketInfoControl);
        }

        _lastBatch = Math.Max(LinuxNative.ReceiveMany(_descriptor, _incoming, BatchSize, LinuxNative.DontWait, null), 0);
        for (var i = 0; i < _lastBatch; i++)
        {
            local.Read(_infos + i, _incoming[i].ControlLength, _names + i);
        }

        return _lastBatch;
    }

    /// <summary>True when datagrams are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Wait(TimeSpan timeout)
    {
        var descriptors = stackalloc LinuxNative.PollDescriptor[3];
        descriptors[0] = new LinuxNative.PollDescriptor { Descriptor = _descriptor, Events = LinuxNative.PollIn };
        descriptors[1] = new LinuxNative.PollDescriptor { Descriptor = _wakeUp, Events = LinuxNative.PollIn };
        // A negative descriptor is passed over.
        descriptors[2] = new LinuxNative.PollDescriptor { Descriptor = _beside, Events = LinuxNative.PollIn };
        var limit = new LinuxNative.TimeSpec { Seconds = timeout.Ticks / TimeSpan.TicksPerSecond, Nanoseconds = timeout.Ticks % TimeSpan.TicksPerSecond * 100 };
        if (LinuxNative.Poll(descriptors, 3, &limit, null) <= 0)
        {
            return false;
        }

        if (descriptors[1].Returned != 0)
        {
            ulong value;
            LinuxNative.Read(_wakeUp, &value, sizeof(ulong));
            // What was left for this loop is looked at after this, not before.
            Interlocked.Exchange(ref _wakeUpSent, 0);
        }

        return descriptors[0].Returned != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Prepare(int index, ref SendQueue.OutMessage message)
    {
        _outgoingVectors[index] = new LinuxNative.IoVector { Base = message.Data, Length = (nuint)message.Length };
        ref var header = ref _outgoing[index];
        header.Name = message.To;
        header.NameLength = message.To->Length;
        var isRun = message.Packets > 1;
        _controls[index].Segment.SegmentSize = (ulong)message.SegmentSize;
        header.Control = isRun ? &_controls[index].Segment : null;
        header.ControlLength = isRun ? (nuint)sizeof(LinuxNative.SegmentControl) : 0;
        if (_local is not null)
        {
            AddLocal(ref header, _controls + index, message.To);
        }
    }

    private void AddLocal(ref LinuxNative.Message header, LinuxNative.SendControl* control, SocketAddressBytes* to)
    {
        if (to->HasLocal)
        {
            header.Control = header.ControlLength == 0 ? &control->Info : control;
            header.ControlLength += _local!.Write(&control->Info, to);
        }
    }

    /// <summary>Deals with the first message that could not be sent.</summary>
    /// <returns>1 when it is done with, 0 when it should be tried again.</returns>
    private int Recover(int index, ref SendQueue.OutMessage message, int error)
    {
        switch (error)
        {
            case LinuxNative.Eintr:
            case LinuxNative.Eagain when WaitForRoom():
                return 0;
            case LinuxNative.Einval when message.To->HasLocal:
                // The host has lost that address: the system chooses, until the peer comes in at another.
                message.To->ForgetLocal();
                Prepare(index, ref message);
                return 0;
            case LinuxNative.Eio or LinuxNative.Einval when message.Packets > 1:
                // The device or the path cannot cut runs: send one by one from now on.
                CanSendRuns = false;
                _counters.RunsRefused++;
                SendSingly(ref message);
                return 1;
            default:
                _counters.SendErrors++;
                return 1;
        }
    }

    private bool WaitForRoom()
    {
        var descriptor = new LinuxNative.PollDescriptor { Descriptor = _descriptor, Events = LinuxNative.PollOut };
        var limit = new LinuxNative.TimeSpec { Nanoseconds = WaitForRoomMs * 1_000_000L };
        return LinuxNative.Poll(&descriptor, 1, &limit, null) > 0;
    }

    private void SendSingly(ref SendQueue.OutMessage message)
    {
        for (var offset = 0; offset < message.Length; offset += message.SegmentSize)
        {
            var vector = new LinuxNative.IoVector { Base = message.Data + offset, Length = (nuint)Math.Min(message.SegmentSize, message.Length - offset) };
            var header = new LinuxNative.Message { Name = message.To, NameLength = message.To->Length, Vector = &vector, VectorCount = 1 };
            LinuxNative.SendControl control;
            if (_local is not null)
            {
                AddLocal(ref header, &control, message.To);
            }

            if (LinuxNative.SendMany(_descriptor, &header, 1, LinuxNative.DontWait) < 1)
            {
                _counters.SendErrors++;
            }
        }
    }
}
