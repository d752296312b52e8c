using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Talk;

/// <summary>Questions from pupils, which others like and the teacher answers, picks or dismisses; and the signs that say something without words.</summary>
internal sealed class AskDesk(ILessonFloor floor)
{
    private const int Longest = 200;

    /// <summary>For everyone while the chat is open; for the staff until it is picked while pupils may write to the teacher only.</summary>
    public Task<Ack> AskAsync(string who, string key, string? text) => floor.CommandAsync(who, key, person =>
    {
        var clean = ChatDesk.Clean(text, Longest);
        var mode = floor.State.Chat.Mode;
        if (mode == ChatModes.Off)
        {
            throw new Refusal(Refusal.ChatOff);
        }

        floor.DemandPace(person);
        return floor.Emit(who, TalkEvents.Ask, new AskBody(who, person.Name, clean), mode == ChatModes.Teacher ? who : TimelineEntry.All, key);
    });

    /// <summary>Once, and not the own question.</summary>
    public Task<Ack> LikeAsync(string who, string key, long seq) => floor.CommandAsync(who, key, person =>
    {
        var asked = floor.State.Chat.Asked(seq);
        if (asked is null or { State: AskStates.Dismissed } || asked.ParticipantId == who || (asked.IsPrivate && asked.State.Length == 0))
        {
            throw new Refusal(Refusal.UnknownLine);
        }

        if (floor.State.Chat.HasLiked(seq, who))
        {
            return floor.LastSeq;
        }

        floor.DemandPace(person);
        return floor.Emit(who, TalkEvents.AskLike, new AskLikeBody(seq, who), key: key);
    });

    public Task<Ack> SettleAsync(string who, string key, long seq, string? state) => floor.CommandAsync(who, key, _ =>
    {
        if (!AskStates.IsOne(state) || floor.State.Chat.Asked(seq) is not { } asked)
        {
            throw new Refusal(AskStates.IsOne(state) ? Refusal.UnknownLine : Refusal.BadRequest);
        }

        // A question that only the staff has seen stays between them and its author, unless it is picked for everyone.
        var isPicked = state == AskStates.Picked;
        var audience = asked is { IsPrivate: true, State: not AskStates.Picked } && !isPicked ? asked.ParticipantId : TimelineEntry.All;
        return floor.Emit(who, TalkEvents.AskDone, new AskDoneBody(seq, state!, isPicked ? asked.Name : null, isPicked ? asked.Text : null), audience, key);
    });

    public Task<Ack> ReactAsync(string who, string key, string? kind) => floor.CommandAsync(who, key, person =>
    {
        if (!Reactions.IsOne(kind))
        {
            throw new Refusal(Refusal.BadRequest);
        }

        if (floor.AttachmentOf(person.Id) is { } attachment && !attachment.Reactions.TryPass(floor.Now))
        {
            throw new Refusal(Refusal.TooFast);
        }

        var audience = floor.State.Groups.GroupOf(who) is { } group ? Audiences.Group(group) : TimelineEntry.All;
        return floor.Emit(who, TalkEvents.Reaction, new ReactionBody(kind!), audience, key);
    });
}
