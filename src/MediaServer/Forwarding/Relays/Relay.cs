using System.Runtime.CompilerServices;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Rooms;

namespace Classroom.MediaServer.Forwarding.Relays;

/// <summary>
/// A publication on its way to its mirror on one branch of the room. Lives on the room's own loop. When the other loop
/// does not keep up, what does not fit is dropped and counted; once there is room again, the mirror is told how each
/// encoding stands, and its viewers go on at a key frame.
/// </summary>
/// <param name="loop">The room's own.</param>
/// <param name="branch">Where the mirror is.</param>
/// <param name="publication">The original.</param>
/// <param name="mirrors">The mirror's encodings by <see cref="Encoding.Ordinal"/>.</param>
internal sealed class Relay(MediaLoop loop, BranchLink branch, Publication publication, Encoding[] mirrors)
{
    private bool _isBehind = true;

    public BranchLink Branch => branch;

    /// <summary>Highest encoding that anybody on the branch wants; −1: none.</summary>
    public int HighestWanted { get; set; } = -1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnPacket(Encoding encoding, ref readonly RelayMessage packet, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> descriptor)
    {
        var message = packet;
        message.To = mirrors[encoding.Ordinal];
        if ((_isBehind && !TryCatchUp()) || !branch.Ring.TryWrite(in message, payload, descriptor))
        {
            _isBehind = true;
            loop.Counters.Refuse(Refusal.RelayFull);
            return;
        }

        loop.Counters.Relayed++;
        loop.Wakes.Mark(branch.Loop.Index);
    }

    /// <summary>Another source, or another report of the sender's clock.</summary>
    public void OnState(Encoding encoding, bool isAnew)
    {
        if (!_isBehind && !TryTell(encoding, isAnew))
        {
            _isBehind = true;
        }
    }

    /// <summary>Tells how all encodings stand, if there is room.</summary>
    public bool TryCatchUp()
    {
        if (!branch.Ring.HasRoom)
        {
            return false;
        }

        foreach (var encoding in publication.Encodings)
        {
            if (!TryTell(encoding, isAnew: true))
            {
                return false;
            }
        }

        _isBehind = false;
        return true;
    }

    private bool TryTell(Encoding encoding, bool isAnew)
    {
        var message = new RelayMessage { To = mirrors[encoding.Ordinal], State = encoding.State(isAnew) };
        loop.Wakes.Mark(branch.Loop.Index);
        return branch.Ring.TryWrite(in message, default, default);
    }
}
