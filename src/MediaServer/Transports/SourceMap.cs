using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Transports;

/// <summary>Which encoding a packet of a connection belongs to: by its source, else by mid and rid, else by payload type.</summary>
internal sealed class SourceMap
{
    private const int MaxSources = 64;
    private const int LongestMid = 32;

    private readonly Dictionary<uint, Encoding> _bySource = [];
    private readonly Dictionary<string, Publication> _byMid = new(StringComparer.Ordinal);

    /// <summary>Id of the mid extension; 0 when not agreed on.</summary>
    public byte MidExtension { get; set; }

    /// <summary>Id of the rid extension; 0 when not agreed on.</summary>
    public byte RidExtension { get; set; }

    public Dictionary<string, Publication>.ValueCollection Publications => _byMid.Values;

    public void Add(Publication publication, IEnumerable<uint> ssrcs)
    {
        _byMid[publication.Mid] = publication;
        if (publication.IsSimulcast)
        {
            // Which source is which encoding only the packets say.
            return;
        }

        foreach (var ssrc in ssrcs)
        {
            TryLatch(ssrc, publication.Encodings[0]);
        }
    }

    /// <summary>Forgets a publication and gives its sources.</summary>
    public uint[] Remove(Publication publication)
    {
        _byMid.Remove(publication.Mid);
        uint[] sources = [.. _bySource.Where(s => s.Value.Publication == publication).Select(s => s.Key)];
        Array.ForEach(sources, ssrc => _bySource.Remove(ssrc));
        return sources;
    }

    public Encoding? Find(uint ssrc) => _bySource.GetValueOrDefault(ssrc);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Encoding? Find(in RtpPacket packet)
    {
        if (_bySource.TryGetValue(packet.Ssrc, out var known))
        {
            return known;
        }

        var publication = FindByMid(packet) ?? FindByPayloadType(packet.PayloadType);
        var encoding = publication is { IsSimulcast: true } ? FindByRid(publication, packet) : publication?.Encodings[0];
        return encoding is not null && TryLatch(packet.Ssrc, encoding) ? encoding : null;
    }

    // Senders name the encoding on a source's first packets only, until they hear that it is known.
    private Encoding? FindByRid(Publication publication, in RtpPacket packet)
    {
        if (RidExtension == 0 || !packet.TryGetExtension(RidExtension, out var rid) || rid.Length > SimulcastLines.LongestRid)
        {
            return null;
        }

        Span<char> text = stackalloc char[SimulcastLines.LongestRid];
        return publication.Find(text[..System.Text.Encoding.ASCII.GetChars(rid, text)]);
    }

    private Publication? FindByMid(in RtpPacket packet)
    {
        if (MidExtension == 0 || !packet.TryGetExtension(MidExtension, out var mid) || mid.Length > LongestMid)
        {
            return null;
        }

        Span<char> text = stackalloc char[LongestMid];
        var length = System.Text.Encoding.ASCII.GetChars(mid, text);
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

    /// <summary>False when there are too many sources already.</summary>
    private bool TryLatch(uint ssrc, Encoding encoding)
    {
        if (_bySource.Count >= MaxSources)
        {
            return false;
        }

        _bySource[ssrc] = encoding;
        return true;
    }
}
