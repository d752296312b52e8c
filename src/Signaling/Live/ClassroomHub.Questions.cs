using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Questions;

namespace Classroom.Signaling.Live;

// Questions.
internal sealed partial class ClassroomHub
{
    public Task<Ack> AskQuestion(string key, QuestionDraft question, string? preparedId) =>
        Call(nameof(AskQuestion), (room, me) => room.Questions.AskAsync(me, key, question, preparedId));

    public Task<Ack> AnswerQuestion(string key, string questionId, AnswerValue value) =>
        Call(nameof(AnswerQuestion), (room, me) => room.Questions.AnswerAsync(me, key, questionId, value));

    public Task<Ack> ExtendQuestion(string key, string questionId, int seconds) =>
        Call(nameof(ExtendQuestion), (room, me) => room.Questions.ExtendAsync(me, key, questionId, seconds));

    public Task<Ack> CloseQuestion(string key, string questionId) =>
        Call(nameof(CloseQuestion), (room, me) => room.Questions.CloseAsync(me, key, questionId));

    public Task<Ack> RevealQuestion(string key, string questionId, RightAnswer? answer) =>
        Call(nameof(RevealQuestion), (room, me) => room.Questions.RevealAsync(me, key, questionId, answer));

    public Task<Ack> FinishQuestion(string key, string questionId) =>
        Call(nameof(FinishQuestion), (room, me) => room.Questions.FinishAsync(me, key, questionId));

    public Task<Ack> MarkAnswer(string key, string questionId, string participantId, bool right) =>
        Call(nameof(MarkAnswer), (room, me) => room.Questions.MarkAsync(me, key, questionId, participantId, right));

    public Task<Ack> ShowAnswer(string key, string questionId, string? participantId) =>
        Call(nameof(ShowAnswer), (room, me) => room.Questions.ShowAsync(me, key, questionId, participantId));

    public async Task<string> AnswerPicture(string questionId, string pictureId)
    {
        var (room, me) = Demand(nameof(AnswerPicture));
        var role = Session.Of(Context)!.Role;
        return AnswerPictures.IsId(pictureId) && await room.Questions.MaySeePictureAsync(me, role, questionId ?? "", pictureId)
            ? pictures.Link(room.Id, pictureId)
            : throw new Refusal(QuestionRefusals.NoPicture);
    }

    public Task<RosterPupil[]> ClassRoster()
    {
        var (room, _) = Demand(nameof(ClassRoster));
        return roster.ReadAsync(room.Id, Context.ConnectionAborted);
    }
}
