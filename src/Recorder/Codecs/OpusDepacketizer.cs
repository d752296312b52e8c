namespace Classroom.Recorder.Codecs;

/// <summary>RFC 7587: each packet is one Opus packet.</summary>
internal sealed class OpusDepacketizer : IDepacketizer
{
    private bool _lost;

    public void Push(ReadOnlySpan<byte> payload, long timestamp, bool marker, bool lostBefore, List<MediaFrame> frames)
    {
        _lost |= lostBefore;
        if (payload.IsEmpty)
        {
            return;
        }

        frames.Add(new MediaFrame(timestamp, IsKey: true, payload.ToArray(), Format: null, _lost));
        _lost = false;
    }
}
