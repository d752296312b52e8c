using System.Runtime.CompilerServices;
using Classroom.MediaServer.Rooms;

namespace Classroom.MediaServer.Forwarding.Relays;

/// <summary>The branches of its room that a publication is passed to, because somebody there receives it.</summary>
internal sealed class RelayList
{
    private readonly List<Relay> _relays = [];

    public void Add(Relay relay)
    {
        Remove(relay.Branch);
        _relays.Add(relay);
        relay.TryCatchUp();
    }

    public void Remove(BranchLink branch) => _relays.RemoveAll(r => r.Branch == branch);

    public Relay? Find(BranchLink branch) => _relays.Find(r => r.Branch == branch);

    /// <summary>Highest encoding that anybody on a branch wants; −1: none.</summary>
    public int HighestWanted()
    {
        var highest = -1;
        foreach (var relay in _relays)
        {
            highest = Math.Max(highest, relay.HighestWanted);
        }

        return highest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnPacket(Encoding encoding, ref readonly PacketStore.Entry entry, int wireLength, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> descriptor)
    {
        var message = new RelayMessage { Entry = entry, WireLength = (short)wireLength };
        foreach (var relay in _relays)
        {
            relay.OnPacket(encoding, in message, payload, descriptor);
        }
    }

    public void OnState(Encoding encoding, bool isAnew)
    {
        foreach (var relay in _relays)
        {
            relay.OnState(encoding, isAnew);
        }
    }
}
