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
    private readonly Dictionary<uint, Encoding> _byRepair = [];
    private readonly Dictionary<string, Publication> _byMid = new(StringComparer.Ordinal);

    /// <summary>Id of the mid extension; 0 when not agreed on.</summary>
    public byte MidExtension { get; set; }

    /// <summary>Id of the rid extension; 0 when not agreed on.</summary>
    public byte RidExtension { get; set; }

    /// <summary>Id of the extension that names the encoding which is repaired; 0 when not agreed on.</summary>
    public byte RepairedRidExtension { get; set; }

    public Dictionary<string, Publication>.ValueCollection Publications => _byMid.Values;

    public void Add(Publication publication, RemoteSection section)
    {
        _byMid[publication.Mid] = publication;
        if (publication.IsSimulcast)
        {
            // Which source is which encoding only the packets say.
            return;
        }

        foreach (var ssrc in section.Ssrcs)
        {
            TryLatch(_bySource, ssrc, publication.Encodings[0]);
        }

        foreach (var (_, repair) in section.Repairs)
        {
            TryLatch(_byRepair, repair, publication.Encodings[0]);
        }
    }

    /// <summary>Forgets a publication and gives its sources.</summary>
    public uint[] Remove(Publication publication)
    {
        _byMid.Remove(publication.Mid);
        return [.. Forget(_bySource, publication), .. Forget(_byRepair, publication)];
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
        return publication?.RtxPayloadType == packet.PayloadType ? null : Latch(_bySource, publication, RidExtension, packet);
    }

    /// <summary>The encoding of which a retransmission brings a packet; null when it is none, or of none that is known.</summary>
    public Encoding? FindRepaired(in RtpPacket packet)
    {
        if (_byRepair.TryGetValue(packet.Ssrc, out var known))
        {
            return known;
        }

        var publication = FindByMid(packet) ?? FindByPayloadType(packet.PayloadType);
        return publication?.RtxPayloadType == packet.PayloadType ? Latch(_byRepair, publication, RepairedRidExtension, packet) : null;
    }

    private static uint[] Forget(Dictionary<uint, Encoding> map, Publication publication)
    {
        uint[] sources = [.. map.Where(s => s.Value.Publication == publication).Select(s => s.Key)];
        Array.ForEach(sources, ssrc => map.Remove(ssrc));
        return sources;
    }

    private static Encoding? Latch(Dictionary<uint, Encoding> map, Publication? publication, byte ridExtension, in RtpPacket packet)
    {
        var encoding = publication is { IsSimulcast: true } ? FindByRid(publication, ridExtension, packet) : publication?.Encodings[0];
        return encoding is not null && TryLatch(map, packet.Ssrc, encoding) ? encoding : null;
    }

    // Senders name the encoding on a source's first packets only, until they hear that it is known.
    private static Encoding? FindByRid(Publication publication, byte extension, in RtpPacket packet)
    {
        if (extension == 0 || !packet.TryGetExtension(extension, out var rid) || rid.Length > SimulcastLines.LongestRid)
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
            if (publication.Codec.PayloadType == payloadType || (payloadType != 0 && (payloadType == publication.RtxPayloadType || payloadType == publication.RedPayloadType)))
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
    private static bool TryLatch(Dictionary<uint, Encoding> map, uint ssrc, Encoding encoding)
    {
        if (map.Count >= MaxSources)
        {
            return false;
        }

        map[ssrc] = encoding;
        return true;
    }
}
