using Classroom.Rtc;

namespace Classroom.MediaServer.Network.Tcp;

/// <summary>How many TCP connections there may be, in all and from one address. Used when one comes or goes, never per packet.</summary>
/// <param name="mostInAll">At most this many at a time.</param>
/// <param name="mostOfOne">At most this many from one address; a whole school may share one.</param>
internal sealed class ConnectionLimits(int mostInAll, int mostOfOne)
{
    private readonly Dictionary<NetAddress, int> _counts = [];
    private readonly Lock _gate = new();
    private int _all;

    public int Count => Volatile.Read(ref _all);

    public bool TryEnter(NetAddress peer)
    {
        lock (_gate)
        {
            var count = _counts.GetValueOrDefault(peer.Network);
            if (_all >= mostInAll || count >= mostOfOne)
            {
                return false;
            }

            _all++;
            _counts[peer.Network] = count + 1;
            return true;
        }
    }

    public void Leave(NetAddress peer)
    {
        lock (_gate)
        {
            _all--;
            if (--_counts[peer.Network] == 0)
            {
                _counts.Remove(peer.Network);
            }
        }
    }
}
