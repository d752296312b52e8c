using Classroom.Data;

namespace Classroom.Signaling.Contracts;

/// <summary>Every refused call: a stable code that pages translate, plain words, and a trace id to read out.</summary>
public sealed record ApiError(string Code, string Message, string? TraceId, FieldError[]? Fields);

public sealed record FieldError(string Field, string Message, string Code = "");

public sealed record SignInRequest(string UserName, string Password);

public sealed record PasswordChange(string Current, string Next);

/// <param name="TimeZone">IANA zone in which the district keeps its timetable: pages show and take wall times in it.</param>
public sealed record Me(string AccountId, string UserName, string DisplayName, AccountRole Role, string? SchoolId, string? SchoolName, bool MustChangePassword, string TimeZone);

public sealed record SetupState(bool Needed);

public sealed record SetupRequest(string Token, string UserName, string DisplayName, string Password);

/// <param name="Phase">What the one right button does now: check, enter, replay, none.</param>
public sealed record LessonCard(string Id, string Title, string Subject, string Grade, RoomKind Kind, LessonState State, DateTime PlannedStart, DateTime PlannedEnd, string TeacherName, ClassroomLamp[] Classrooms, string Phase, string? RecordingState);

/// <param name="Online">The classroom's station is connected.</param>
/// <param name="SelfTest">What its station last found out about itself; null: nothing yet.</param>
public sealed record ClassroomLamp(string ClassroomId, string ClassroomName, string SchoolName, string SchoolShortName, bool IsHost, bool Online, SelfTestResult? SelfTest, string[] Seats);

/// <param name="Kind">drafts, returned, reviews.</param>
public sealed record WaitingItem(string Kind, int Count, string Link);

public sealed record TodayReply(LessonCard? Next, LessonCard[] Week, WaitingItem[] Waiting, DateTime Now);

/// <param name="Settings">What the lesson allows and how it looks; null: as its kind has it.</param>
public sealed record LessonPlan(string Title, string Subject, string Grade, RoomKind Kind, LessonCodec Codec, DateTime PlannedStart, DateTime PlannedEnd, string? TeacherAccountId, string? PairId, string? ChapterNodeId, PlannedClassroom[] Classrooms, bool AdmitsUnknownNames, LessonSettings? Settings = null);

public sealed record PlannedClassroom(string ClassroomId, bool IsHost, string? SchoolClassId);

public sealed record LessonDetail(LessonCard Card, LessonPlan Plan, string? Pin, string? JoinUrl, ClashWarning[] Clashes);

/// <param name="What">teacher or classroom.</param>
public sealed record ClashWarning(string What, string Name, string LessonId, string LessonTitle);

/// <param name="QrSvg">An SVG image of the join address.</param>
public sealed record JoinCode(string Pin, string Url, string QrSvg, DateTime? ExpiresAt);

public sealed record TokenRequest(LessonRole Role, string? ClassroomId);

/// <param name="PupilId">A seat of the lesson's classes; its name counts then, not the one that is given.</param>
public sealed record JoinByPin(string Pin, string Name, string? PupilId = null);

public sealed record JoinTicket(string Token, string LessonId, string Title, LessonRole Role);

public sealed record LobbyInfo(string LessonId, string Title, string TeacherName, string[] Schools);

public sealed record StationSetup(string ClassroomId, string DeviceName);

/// <param name="Seats">That the device is to send: without those that appliances send.</param>
public sealed record StationKey(string DeviceToken, string ClassroomId, string ClassroomName, string SchoolName, string[] Seats);

/// <summary>What the station should be in now; Lesson is null between lessons.</summary>
/// <param name="Seats">That it is to send: without those that appliances send.</param>
public sealed record StationState(string ClassroomName, string SchoolName, string[] Seats, LessonCard? Lesson, JoinTicket? Ticket, DateTime Now);

public sealed record RegionRow(string Id, string Name);

/// <param name="LineKbps">What its devices may receive together in a lesson; null: as much as comes through.</param>
public sealed record SchoolRow(string Id, string RegionId, string Name, string ShortName, int? LineKbps = null);

public sealed record PairRow(string Id, string Name, string[] SchoolIds);

/// <param name="ApplianceSeats">Those of its seats that appliances send. Nobody changes them here.</param>
public sealed record ClassroomRow(string Id, string SchoolId, string SchoolName, string Name, string[] Seats, SelfTestResult? SelfTest = null, string[]? ApplianceSeats = null);

public sealed record ClassRow(string Id, string SchoolId, string Name, int PupilCount);

/// <param name="MayNotBeRecorded">There is no consent to record this child.</param>
public sealed record PupilRow(string Id, string Number, string Name, bool MayNotBeRecorded);

public sealed record PupilConsent(bool MayNotBeRecorded);

public sealed record AccountRow(string Id, string UserName, string DisplayName, AccountRole Role, string? SchoolId, string? RegionId, string? Subject, bool IsDisabled);

/// <param name="Password">Only when creating or resetting; the person must change it at first sign-in.</param>
public sealed record AccountEdit(string UserName, string DisplayName, AccountRole Role, string? SchoolId, string? RegionId, string? Subject, bool IsDisabled, string? Password);
