namespace Classroom.Signaling.Live.Talk;

/// <summary>Events of talking: chat, questions from pupils, reactions, microphones, and who leads.</summary>
internal static class TalkEvents
{
    public const string Chat = "chat";
    public const string ChatGone = "chat.gone";
    public const string ChatMode = "chat.mode";
    public const string Ask = "ask";
    public const string AskLike = "ask.like";
    public const string AskDone = "ask.done";
    public const string Reaction = "reaction";
    public const string Lead = "lead";
    public const string Mute = "mute";
    public const string MuteAll = "mute.all";

    public static IReadOnlyDictionary<string, Type> Bodies { get; } = new Dictionary<string, Type>
    {
        [Chat] = typeof(ChatBody),
        [ChatGone] = typeof(ChatGoneBody),
        [ChatMode] = typeof(ChatModeBody),
        [Ask] = typeof(AskBody),
        [AskLike] = typeof(AskLikeBody),
        [AskDone] = typeof(AskDoneBody),
        [Reaction] = typeof(ReactionBody),
        [Lead] = typeof(LeadBody),
        [Mute] = typeof(MuteBody),
        [MuteAll] = typeof(MuteAllBody),
    };
}

/// <param name="To">Null: everyone; "staff"; a participant id; or "group:" and the id of a subgroup.</param>
internal sealed record ChatBody(string ParticipantId, string Name, string Text, string? To = null);

/// <param name="Seq">Of the line that is gone.</param>
internal sealed record ChatGoneBody(long Seq);

/// <param name="Mode">One of <see cref="ChatModes"/>.</param>
internal sealed record ChatModeBody(string Mode);

internal sealed record AskBody(string ParticipantId, string Name, string Text);

/// <param name="Seq">Of the question.</param>
internal sealed record AskLikeBody(long Seq, string ParticipantId);

/// <param name="State">One of <see cref="AskStates"/>.</param>
/// <param name="Name">Whose question it is; with the text, when it was picked for everyone.</param>
internal sealed record AskDoneBody(long Seq, string State, string? Name, string? Text);

/// <param name="Kind">One of <see cref="Reactions"/>.</param>
internal sealed record ReactionBody(string Kind);

/// <param name="ParticipantId">Null: the teacher has the lead back.</param>
internal sealed record LeadBody(string? ParticipantId);

internal sealed record MuteBody(string ParticipantId, bool Muted);

internal sealed record MuteAllBody(bool Muted);

/// <summary>What pupils may write.</summary>
internal static class ChatModes
{
    public const string Open = "open";

    /// <summary>Pupils write to the teacher only.</summary>
    public const string Teacher = "teacher";
    public const string Off = "off";

    public static bool IsOne(string? mode) => mode is Open or Teacher or Off;
}

/// <summary>What became of a pupil's question.</summary>
internal static class AskStates
{
    public const string Picked = "picked";
    public const string Answered = "answered";
    public const string Dismissed = "dismissed";

    public static bool IsOne(string? state) => state is Picked or Answered or Dismissed;
}

/// <summary>A handful of signs, so that a class of fifty can be read at a glance.</summary>
internal static class Reactions
{
    private static readonly HashSet<string> All = ["clap", "like", "smile", "wow", "done"];

    public static bool IsOne(string? kind) => kind is not null && All.Contains(kind);
}
