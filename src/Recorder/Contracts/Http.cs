using Classroom.Data;

namespace Classroom.Recorder.Contracts;

public sealed record RecordingRow(string LessonId, string Title, string Subject, string TeacherName, string[] Schools, DateTime StartedAt, long DurationMs, RecordingState State, string? CoverUrl, int GapCount, double? Progress, string? Error, int CourseCount);

/// <param name="MediaBase">Signed path below which the playlists and files of this recording lie; valid for <paramref name="ExpiresInSeconds"/>.</param>
public sealed record RecordingDetail(RecordingRow Row, string MediaBase, int ExpiresInSeconds, RecordingTrackInfo[] Tracks, RecordingGapInfo[] Gaps, RecordingEvent[] Events);

/// <param name="SeatRef">"{classroomId}/{group}", or "{participantId}/{group}" for someone without a classroom: what an edit list names. Several tracks may share it (interruptions).</param>
/// <param name="PlaylistUrl">HLS of this track alone; null while it is being prepared.</param>
/// <param name="FileUrl">The file as captured, for download.</param>
public sealed record RecordingTrackInfo(string Id, string SeatRef, string ParticipantId, string? ClassroomId, string SchoolName, string Group, string? VideoCodec, bool HasAudio, int Width, int Height, long StartMs, long DurationMs, string? PlaylistUrl, string? FileUrl);

public sealed record RecordingGapInfo(string? TrackId, long FromMs, long ToMs, string Reason);

/// <summary>A timeline event that the lanes under the replay show.</summary>
public sealed record RecordingEvent(long At, string Who, string Kind, string BodyJson);

public sealed record JobInfo(string Id, string Kind, string SubjectId, JobState State, double Progress, int? SecondsLeft, string? Step, string? Error, int Attempts);
