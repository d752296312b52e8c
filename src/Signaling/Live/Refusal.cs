namespace Classroom.Signaling.Live;

/// <summary>A call that a lesson refuses. The code is stable and translated by pages.</summary>
internal sealed class Refusal(string code) : Exception(code)
{
    public const string NotAllowed = "not_allowed";
    public const string NotOpen = "not_open";
    public const string NotLive = "not_live";
    public const string Ended = "ended";
    public const string AlwaysOpen = "always_open";
    public const string AlreadyLive = "already_live";
    public const string RoomFull = "room_full";
    public const string Removed = "removed";
    public const string DoorLocked = "door_locked";
    public const string Waiting = "waiting";
    public const string BadRequest = "bad_request";
    public const string UnknownSeat = "unknown_seat";
    public const string UnknownParticipant = "unknown_participant";
    public const string TooFast = "too_fast";
    public const string NotJoined = "not_joined";
    public const string Busy = "busy";
    public const string NotSaved = "not_saved";
    public const string ChatOff = "chat_off";
    public const string UnknownLine = "unknown_line";
    public const string UnknownSurface = "unknown_surface";
    public const string BoardFull = "board_full";
    public const string UnknownLesson = "lesson_not_found";

    public string Code => Message;
}
