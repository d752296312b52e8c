using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Ice;

namespace Classroom.MediaServer.Loops;

/// <summary>Finds the connection a datagram belongs to: by the address that ICE validated, or by username fragment.</summary>
/// <param name="loop">Index of the loop.</param>
/// <param name="routes">Validated address → loop, of all loops.</param>
/// <param name="names">Username fragment → loop, of all loops.</param>
internal sealed class TransportTable(int loop, ConcurrentDictionary<NetAddress, int> routes, ConcurrentDictionary<ulong, int> names)
{
    private const int UfragLength = 8;

    private readonly Dictionary<NetAddress, PeerTransport> _byAddress = [];
    private readonly Dictionary<ulong, PeerTransport> _byUfrag = [];

    /// <summary>Credentials whose username fragment no other transport of this server has.</summary>
    public IceCredentials NewCredentials()
    {
        IceCredentials fresh;
        do
        {
            fresh = IceCredentials.New();
        }
        while (names.ContainsKey(Key(fresh.Ufrag)));
        return fresh;
    }

    /// <summary>Reads our part of a username ("ours:theirs").</summary>
    public static bool TryGetKey(ReadOnlySpan<byte> username, out ulong key)
    {
        var isOurs = username.Length > UfragLength && username[UfragLength] == ':';
        key = isOurs ? MemoryMarshal.Read<ulong>(username) : 0;
        return isOurs;
    }

    public PeerTransport? FindByUsername(ReadOnlySpan<byte> username) =>
        TryGetKey(username, out var key) && _byUfrag.TryGetValue(key, out var transport) ? transport : null;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public PeerTransport? Find(NetAddress address) => _byAddress.GetValueOrDefault(address);

    /// <summary>The other loop that knows the address, −1 when none does.</summary>
    public int OtherLoop(NetAddress address) => routes.TryGetValue(address, out var owner) && owner != loop ? owner : -1;

    /// <summary>The other loop that knows the name in a username, −1 when none does.</summary>
    public int OtherLoop(ReadOnlySpan<byte> username) =>
        TryGetKey(username, out var key) && names.TryGetValue(key, out var owner) && owner != loop ? owner : -1;

    public void AddUfrag(string ufrag, PeerTransport transport)
    {
        _byUfrag[Key(ufrag)] = transport;
        names[Key(ufrag)] = loop;
    }

    public void RemoveUfrag(string ufrag)
    {
        _byUfrag.Remove(Key(ufrag));
        names.TryRemove(Key(ufrag), out _);
    }

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
        Span<byte> bytes = stackalloc byte[UfragLength];
        System.Text.Encoding.ASCII.GetBytes(ufrag.AsSpan(0, UfragLength), bytes);
        return MemoryMarshal.Read<ulong>(bytes);
    }
}
