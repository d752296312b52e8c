using System.Text.Json.Serialization;
using Classroom.Data;

namespace Classroom.Signaling.Contracts;

// Pictures, and what a lesson allows.
public partial interface IClassroomHub
{
    /// <summary>How the pictures lie on every screen, and which seat goes where (teacher).</summary>
    Task<Ack> Arrange(string key, PictureArrangement arrangement);

    /// <summary>Rights and pictures of this lesson from now on (teacher).</summary>
    Task<Ack> ChangeSettings(string key, LessonSettings settings);
}

/// <summary>How the pictures that everyone sees lie on a screen.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LessonLayout>))]
public enum LessonLayout { One, SideBySide, PictureInPicture, ThreeWay, Grid }

/// <summary>Who chooses the large picture: the teacher, or whoever has the floor.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StageMode>))]
public enum StageMode { Teacher, Speaker }

/// <summary>Whom students may write to: everyone, the teacher only, or nobody.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChatMode>))]
public enum ChatMode { Everyone, TeacherOnly, Off }

/// <summary>Whether tablets show video: never, as far as the line of their room allows, or always.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TabletVideo>))]
public enum TabletVideo { Off, Auto, On }

/// <summary>What a lesson allows, and how it looks. Every room kind has its own; a lesson keeps what was changed.</summary>
/// <param name="Layout">What the lesson begins with.</param>
/// <param name="StudentsMayDraw">Students write on slides and whiteboard, for themselves and the teacher; for everyone only with the pen.</param>
/// <param name="StudentsMaySpeak">Students may raise a hand and be called to the stage.</param>
public sealed record LessonSettings(LessonLayout Layout, StageMode Stage, ChatMode Chat, bool StudentsMayDraw, bool StudentsMaySpeak, TabletVideo TabletVideo);

/// <summary>What a lesson of this kind begins with.</summary>
/// <param name="AdmitsUnknownNames">Names that are on no roster come in without asking.</param>
public sealed record RoomKindDefault(RoomKind Kind, LessonSettings Settings, bool AdmitsUnknownNames);

/// <param name="Stage">The seat of the first place; null: as nobody had chosen one.</param>
/// <param name="Beside">The seats of the other places, in the layout's order; null: the next seat that is there.</param>
public sealed record PictureArrangement(LessonLayout Layout, StageTarget? Stage, StageTarget?[] Beside);
