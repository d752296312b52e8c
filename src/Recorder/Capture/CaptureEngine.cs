using System.Collections.Concurrent;
using Classroom.MediaServer;
using Classroom.Recorder.Codecs;
using Classroom.Rtc;
using Microsoft.Win32.SafeHandles;

namespace Classroom.Recorder.Capture;

/// <summary>All captures of this process. <see cref="Pump"/> is called by one thread with the time; everything else may be called from any.</summary>
internal sealed class CaptureEngine(string spoolFolder, int queuePackets, ICaptureEvents events)
{
    private readonly CaptureQueue _queue = new(queuePackets);
    private readonly Dictionary<(string Room, string Participant, string Group), SeatCapture> _seats = [];
    private readonly Dictionary<(string Room, string Participant), SenderClock> _senders = [];
    private readonly Dictionary<string, (SeatCapture Seat, StreamCapture Stream)> _streams = [];
    private readonly ConcurrentDictionary<string, SafeFileHandle> _open = [];

    /// <summary>Packets dropped because the disk did not keep up.</summary>
    public long Dropped => _queue.Dropped;

    /// <summary>Something is being captured. For the pumping thread only.</summary>
    public bool IsCapturing => _seats.Count > 0;

    /// <summary>Files being written now, for the sync thread.</summary>
    public ICollection<SafeFileHandle> OpenFiles => _open.Values;

    /// <summary>Begins to capture a publication; null for a codec that cannot be recorded.</summary>
    public IMediaSink? Start(PublicationInfo publication, LessonClock lesson)
    {
        if (Depacketizers.For(publication.Codec) is not { } depacketizer)
        {
            return null;
        }

        var sink = new CaptureSink(_queue);
        _queue.Command(() => Attach(sink, publication, depacketizer, lesson));
        return sink;
    }

    public void Stop(PublicationInfo publication) => _queue.Command(() => Detach(publication));

    /// <summary>Runs when everything before it has been handled, for example all files of a room are closed.</summary>
    public void Then(Action action) => _queue.Command(action);

    public void Pump(Instant now)
    {
        _queue.Drain(static (stream, packet) => stream.Add(packet));
        foreach (var seat in _seats.Values)
        {
            seat.Pump(now);
            Track(seat);
        }
    }

    public void CloseAll(Instant now)
    {
        Pump(now);
        foreach (var seat in _seats.Values)
        {
            seat.CloseFile(error: null);
        }
    }

    private void Attach(CaptureSink sink, PublicationInfo publication, IDepacketizer depacketizer, LessonClock lesson)
    {
        Detach(publication);
        var key = (publication.RoomId, publication.ParticipantId, publication.Group);
        if (!_seats.TryGetValue(key, out var seat))
        {
            var identity = new SeatIdentity(publication.RoomId, publication.ParticipantId, publication.ClassroomId, publication.Group);
            seat = _seats[key] = new SeatCapture(identity, lesson, spoolFolder, events);
        }

        var person = (publication.RoomId, publication.ParticipantId);
        if (!_senders.TryGetValue(person, out var sender))
        {
            sender = _senders[person] = new SenderClock();
        }

        var stream = new StreamCapture(publication, depacketizer, sender);
        seat.Add(stream);
        _streams[Key(publication)] = (seat, stream);
        sink.Connect(stream, report => _queue.Command(() => seat.OnSenderReport(stream, report)));
    }

    private void Detach(PublicationInfo publication)
    {
        if (!_streams.Remove(Key(publication), out var found))
        {
            return;
        }

        found.Seat.Remove(found.Stream);
        if (found.Seat.IsEmpty)
        {
            _seats.Remove((publication.RoomId, publication.ParticipantId, publication.Group));
            Track(found.Seat);
        }

        if (!_seats.Keys.Any(seat => seat.Room == publication.RoomId && seat.Participant == publication.ParticipantId))
        {
            _senders.Remove((publication.RoomId, publication.ParticipantId));
        }
    }

    private void Track(SeatCapture seat)
    {
        var name = $"{seat.Seat.LessonId}/{seat.Seat.ParticipantId}/{seat.Seat.Group}";
        if (seat.File is { } file)
        {
            _open[name] = file.Handle;
        }
        else
        {
            _open.TryRemove(name, out _);
        }
    }

    private static string Key(PublicationInfo publication) => $"{publication.RoomId}/{publication.Id}";
}
