namespace Classroom.Signaling.Live.Questions;

/// <summary>Why a call about questions is refused; pages translate the codes.</summary>
internal static class QuestionRefusals
{
    /// <summary>Another question runs.</summary>
    public const string Running = "question_running";

    /// <summary>The answer came after the question was closed.</summary>
    public const string Closed = "question_closed";

    public const string Unknown = "question_not_found";

    public const string NoAnswer = "answer_not_found";

    public const string NoPicture = "picture_not_found";
}
