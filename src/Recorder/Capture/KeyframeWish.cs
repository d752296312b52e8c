using Classroom.Recorder.Codecs;
using Classroom.Rtc;

namespace Classroom.Recorder.Capture;

/// <summary>Asks for key frames: at the start, after loss until one comes, and so often that films can be cut every few seconds.</summary>
internal sealed class KeyframeWish(string roomId, ICaptureEvents events)
{
    private static readonly TimeSpan Repeat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Regular = TimeSpan.FromSeconds(8);
    private string? _publicationId;
    private bool _wanted;
    private Instant _nextAsk = Instant.MinValue;

    public void Start(string publicationId)
    {
        _publicationId = publicationId;
        Want();
    }

    /// <summary>The picture went away: nobody is asked any more.</summary>
    public void Stop() => _publicationId = null;

    public void Want()
    {
        if (!_wanted)
        {
            _wanted = true;
            _nextAsk = Instant.MinValue;
        }
    }

    public void Seen(MediaFrame frame, Instant now)
    {
        if (frame.IsKey)
        {
            _wanted = false;
            _nextAsk = now + Regular;
        }
    }

    public void Tick(Instant now)
    {
        if (_publicationId is { } id && now >= _nextAsk)
        {
            _wanted = true;
            _nextAsk = now + Repeat;
            events.KeyframeWanted(roomId, id);
        }
    }
}
