using Classroom.Data;

namespace Classroom.Recorder.Contracts;

public sealed record RecordingRow(string LessonId, string Title, string Subject, string TeacherName, string[] Schools, DateTime StartedAt, long DurationMs, RecordingState State, string? CoverUrl, int GapCount, double? Progress, string? Error, int CourseCount);

/// <param name="MediaBase">Signed path below which the playlists and files of this recording lie; valid for <paramref name="ExpiresInSeconds"/>.</param>
/// <param name="Film">The draft film; null while it is being made, or when nobody sent a picture.</param>
/// <param name="Work">What is being done after the bell, or waits to be done; null: nothing.</param>
/// <param name="Archive">All seats as one file; null while one is missing.</param>
public sealed record RecordingDetail(RecordingRow Row, string MediaBase, int ExpiresInSeconds, RecordingTrackInfo[] Tracks, RecordingGapInfo[] Gaps, RecordingEvent[] Events, RecordingFilm? Film, JobInfo? Work, RecordingArchive? Archive);

/// <summary>A ZIP archive of every captured file, with their times on the lesson clock.</summary>
/// <param name="Url">"{language}" stands for zh or en.</param>
/// <param name="Bytes">Of all files together.</param>
public sealed record RecordingArchive(string Url, int Files, long Bytes);

/// <summary>The draft film: the seats that were on the stage, one after the other.</summary>
/// <param name="PlaylistUrl">HLS with sound in a rendition of its own.</param>
/// <param name="ChaptersUrl">WebVTT; "{language}" stands for zh or en.</param>
public sealed record RecordingFilm(string PlaylistUrl, string ChaptersUrl, long DurationMs);

/// <param name="SeatRef">"{classroomId}/{group}", or "{participantId}/{group}" for someone without a classroom: what an edit list names. Several tracks may share it (interruptions).</param>
/// <param name="PlaylistUrl">HLS of this track alone; null while it is being prepared.</param>
/// <param name="FileUrl">The file as captured, for download.</param>
/// <param name="PeaksUrl">How loud it is, { perSecond, peaks: 0 to 100 }; null while it is not known.</param>
/// <param name="StripUrl">WebVTT of small pictures (#xywh); null while there are none.</param>
public sealed record RecordingTrackInfo(string Id, string SeatRef, string ParticipantId, string? ClassroomId, string SchoolName, string Group, string? VideoCodec, bool HasAudio, int Width, int Height, long StartMs, long DurationMs, string? PlaylistUrl, string? FileUrl, string? PeaksUrl, string? StripUrl);

public sealed record RecordingGapInfo(string? TrackId, long FromMs, long ToMs, string Reason);

/// <summary>A timeline event that the lanes under the replay show.</summary>
public sealed record RecordingEvent(long At, string Who, string Kind, string BodyJson);

public sealed record JobInfo(string Id, string Kind, string SubjectId, JobState State, double Progress, int? SecondsLeft, string? Step, string? Error, string? ErrorCode, int Attempts);
