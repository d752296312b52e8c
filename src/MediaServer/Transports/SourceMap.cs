using System.Runtime.CompilerServices;
using System.Text;
using Classroom.MediaServer.Forwarding;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Transports;

/// <summary>Which publication a packet of a connection belongs to: by its source, else by mid, else by payload type.</summary>
internal sealed class SourceMap
{
    private const int MaxSources = 64;
    private const int LongestMid = 32;

    private readonly Dictionary<uint, Publication> _bySource = [];
    private readonly Dictionary<string, Publication> _byMid = new(StringComparer.Ordinal);

    /// <summary>Id of the mid extension; 0 when not agreed on.</summary>
    public byte MidExtension { get; set; }

    public Dictionary<string, Publication>.ValueCollection Publications => _byMid.Values;

    public void Add(Publication publication, IEnumerable<uint> ssrcs)
    {
        _byMid[publication.Mid] = publication;
        foreach (var ssrc in ssrcs)
        {
            Latch(ssrc, publication);
        }
    }

    /// <summary>Forgets a publication and gives its sources.</summary>
    public uint[] Remove(Publication publication)
    {
        _byMid.Remove(publication.Mid);
        uint[] sources = [.. _bySource.Where(s => s.Value == publication).Select(s => s.Key)];
        Array.ForEach(sources, ssrc => _bySource.Remove(ssrc));
        return sources;
    }

    public Publication? Find(uint ssrc) => _bySource.GetValueOrDefault(ssrc);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Publication? Find(in RtpPacket packet)
    {
        if (_bySource.TryGetValue(packet.Ssrc, out var known))
        {
            return known;
        }

        var publication = FindByMid(packet) ?? FindByPayloadType(packet.PayloadType);
        if (publication is not null)
        {
            Latch(packet.Ssrc, publication);
        }

        return publication;
    }

    private Publication? FindByMid(in RtpPacket packet)
    {
        if (MidExtension == 0 || !packet.TryGetExtension(MidExtension, out var mid) || mid.Length > LongestMid)
        {
            return null;
        }

        Span<char> text = stackalloc char[LongestMid];
        var length = Encoding.ASCII.GetChars(mid, text);
        return _byMid.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var publication) ? publication : null;
    }

    /// <summary>A source that nothing names belongs to the one publication with that payload type, if there is only one.</summary>
    private Publication? FindByPayloadType(byte payloadType)
    {
        Publication? found = null;
        foreach (var publication in _byMid.Values)
        {
            if (publication.Codec.PayloadType == payloadType)
            {
                if (found is not null)
                {
                    return null;
                }

                found = publication;
            }
        }

        return found;
    }

    private void Latch(uint ssrc, Publication publication)
    {
        if (_bySource.Count < MaxSources)
        {
            _bySource[ssrc] = publication;
        }
    }
}
