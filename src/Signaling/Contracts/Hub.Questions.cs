namespace Classroom.Signaling.Contracts;

// Questions: one runs at a time; it is asked, closed, revealed and put away.
public partial interface IClassroomHub
{
    /// <summary>Asks everyone (teacher). Refused with question_running while another one runs.</summary>
    /// <param name="preparedId">The prepared question that it is; null for one that was made up on the spot.</param>
    Task<Ack> AskQuestion(string key, QuestionDraft question, string? preparedId);

    /// <summary>The caller's answer (student); the last one counts. Refused with question_closed after the question was closed.</summary>
    Task<Ack> AnswerQuestion(string key, string questionId, AnswerValue value);

    /// <summary>Moves the countdown on (teacher); a question without one gets it.</summary>
    Task<Ack> ExtendQuestion(string key, string questionId, int seconds);

    /// <summary>No more answers (teacher; the server does it when the countdown is over).</summary>
    Task<Ack> CloseQuestion(string key, string questionId);

    /// <summary>Shows everyone the right answer and how the class answered, and each student whether they were right (teacher).</summary>
    /// <param name="answer">The right answer; null: the one that the question has. Given again it corrects the last one.</param>
    Task<Ack> RevealQuestion(string key, string questionId, RightAnswer? answer);

    /// <summary>Puts the question away from all screens (teacher).</summary>
    Task<Ack> FinishQuestion(string key, string questionId);

    /// <summary>The teacher's own word on an answer to a closed question: texts and photos are read by people.</summary>
    Task<Ack> MarkAnswer(string key, string questionId, string participantId, bool right);

    /// <summary>Shows one text or photo to everyone, without the name (teacher). Null hides it.</summary>
    Task<Ack> ShowAnswer(string key, string questionId, string? participantId);

    /// <summary>A link to a photo, which expires: for staff all, for students their own and the one that is shown to everyone.</summary>
    Task<string> AnswerPicture(string questionId, string pictureId);

    /// <summary>The children of the classes that sit in the lesson (teacher, observer).</summary>
    Task<RosterPupil[]> ClassRoster();
}
