namespace Classroom.Signaling.Contracts;

public partial interface IClassroomHub
{
    /// <summary>A line to the teachers only (from a pupil or a classroom), or from a teacher to one person, a subgroup or everyone.</summary>
    /// <param name="to">"staff"; from a teacher: a participant id, "group:" and an id, or "all".</param>
    Task<Ack> ChatTo(string key, string text, string to);

    /// <summary>What pupils may write (teacher): "open", "teacher" (to the teachers only) or "off".</summary>
    Task<Ack> SetChatMode(string key, string mode);

    /// <summary>Takes a line away, also from those who come later (teacher).</summary>
    Task<Ack> RemoveChat(string key, long seq);

    /// <summary>A question to the teacher that others can like; 1 to 200 characters.</summary>
    Task<Ack> Ask(string key, string text);

    /// <summary>"I want to know that, too", once.</summary>
    Task<Ack> LikeAsk(string key, long seq);

    /// <summary>"picked" (everyone sees it), "answered" or "dismissed" (teacher).</summary>
    Task<Ack> SettleAsk(string key, long seq, string state);

    /// <summary>A sign that floats over the lesson: clap, like, smile, wow or done. At most three in five seconds.</summary>
    Task<Ack> React(string key, string kind);

    /// <summary>All hands go down, except of those who are called to the stage (who leads).</summary>
    Task<Ack> LowerHands(string key);

    /// <summary>Closes every microphone but the teachers', also of those who come later (who leads).</summary>
    Task<Ack> MuteAll(string key, bool muted);

    /// <summary>
    /// Hands stage, slides, board, questions and microphones over to a teacher, a classroom or a pupil who is called to the stage;
    /// null takes or gives them back.
    /// </summary>
    Task<Ack> HandOver(string key, string? participantId);
}
