using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Ice;

namespace Classroom.MediaServer.Loops;

/// <summary>Finds the connection a datagram belongs to: by the address that ICE validated, or by username fragment.</summary>
internal sealed class TransportTable(int loop, ConcurrentDictionary<NetAddress, int> routes)
{
    private const string Digits = "0123456789abcdef";

    private readonly Dictionary<NetAddress, PeerTransport> _byAddress = [];
    private readonly Dictionary<ulong, PeerTransport> _byUfrag = [];

    /// <summary>Credentials whose first two characters name the loop, so that any loop knows where a check belongs.</summary>
    public IceCredentials NewCredentials()
    {
        var fresh = IceCredentials.New();
        return fresh with { Ufrag = $"{Digits[loop >> 4]}{Digits[loop & 15]}{fresh.Ufrag[2..]}" };
    }

    /// <summary>The loop that a username ("ours:theirs") names, −1 when it is none of ours.</summary>
    public static int LoopOf(ReadOnlySpan<byte> username)
    {
        if (username.Length < 9 || username[8] != ':')
        {
            return -1;
        }

        var high = Digits.IndexOf((char)username[0], StringComparison.Ordinal);
        var low = Digits.IndexOf((char)username[1], StringComparison.Ordinal);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    public PeerTransport? FindByUsername(ReadOnlySpan<byte> username) =>
        username.Length >= 9 && username[8] == ':' && _byUfrag.TryGetValue(MemoryMarshal.Read<ulong>(username), out var transport) ? transport : null;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public PeerTransport? Find(NetAddress address) => _byAddress.GetValueOrDefault(address);

    /// <summary>The other loop that knows the address, −1 when none does.</summary>
    public int OtherLoop(NetAddress address) => routes.TryGetValue(address, out var owner) && owner != loop ? owner : -1;

    public void AddUfrag(string ufrag, PeerTransport transport) => _byUfrag[Key(ufrag)] = transport;

    public void RemoveUfrag(string ufrag) => _byUfrag.Remove(Key(ufrag));

    /// <summary>ICE validated the address. Whoever had it before has lost it: ports are used again.</summary>
    public void AddAddress(NetAddress address, PeerTransport transport)
    {
        _byAddress[address] = transport;
        routes[address] = loop;
    }

    public void RemoveAddress(NetAddress address, PeerTransport transport)
    {
        if (_byAddress.TryGetValue(address, out var holder) && holder == transport)
        {
            _byAddress.Remove(address);
            routes.TryRemove(new KeyValuePair<NetAddress, int>(address, loop));
        }
    }

    private static ulong Key(string ufrag)
    {
        Span<byte> bytes = stackalloc byte[8];
        System.Text.Encoding.ASCII.GetBytes(ufrag.AsSpan(0, 8), bytes);
        return MemoryMarshal.Read<ulong>(bytes);
    }
}
