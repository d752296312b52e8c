using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Talk;

/// <summary>A pupil's question as the lesson knows it.</summary>
internal sealed record AskedQuestion(string ParticipantId, string Name, string Text, string State, bool IsPrivate);

/// <summary>Lines, questions, and what of them has been taken away.</summary>
internal sealed class ChatState : ILessonFold
{
    private const string Waiting = "";
    private readonly Dictionary<long, string> _audienceOfLine = [];
    private readonly Dictionary<long, AskedQuestion> _asked = [];
    private readonly HashSet<(long Seq, string ParticipantId)> _likes = [];
    private readonly HashSet<long> _gone = [];

    public string Mode { get; private set; } = ChatModes.Open;

    /// <summary>Who was told a line; null when there is no such line, or no longer.</summary>
    public string? AudienceOfLine(long seq) => _gone.Contains(seq) ? null : _audienceOfLine.GetValueOrDefault(seq);

    public AskedQuestion? Asked(long seq) => _asked.GetValueOrDefault(seq);

    public bool HasLiked(long seq, string participantId) => _likes.Contains((seq, participantId));

    /// <summary>Whether an event is kept from those who come later: a line that was removed, from everyone; a question that was dismissed, from all but the staff.</summary>
    public bool IsHidden(long seq, LessonRole role) =>
        _gone.Contains(seq)
        || (role is not (LessonRole.Teacher or LessonRole.Observer) && _asked.TryGetValue(seq, out var asked) && asked.State == AskStates.Dismissed);

    public void Apply(TimelineEntry entry, object body)
    {
        switch (body)
        {
            case ChatBody:
                _audienceOfLine[entry.Seq] = entry.Audience;
                break;
            case ChatGoneBody gone:
                _gone.Add(gone.Seq);
                break;
            case ChatModeBody mode:
                Mode = mode.Mode;
                break;
            case AskBody ask:
                _asked[entry.Seq] = new AskedQuestion(ask.ParticipantId, ask.Name, ask.Text, Waiting, entry.Audience != TimelineEntry.All);
                break;
            case AskLikeBody like:
                _likes.Add((like.Seq, like.ParticipantId));
                break;
            case AskDoneBody done when _asked.TryGetValue(done.Seq, out var asked):
                _asked[done.Seq] = asked with { State = done.State };
                break;
        }
    }
}
