using Classroom.Data;

namespace Classroom.Recorder;

/// <summary>The name of a seat across interruptions, as edit lists use it.</summary>
internal static class SeatRefs
{
    public static string Of(RecordingTrack track) => $"{track.ClassroomId ?? track.ParticipantId}/{track.Group}";
}
