using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Talk;

/// <summary>The lesson's chat: for everyone, within a subgroup, or between one pupil and the teachers.</summary>
internal sealed class ChatDesk(ILessonFloor floor)
{
    private const int Longest = 500;
    private const string ToStaff = "staff";

    /// <summary>A line for those with whom one is: the own subgroup, else everyone; of a pupil as the mode has it.</summary>
    public Task<Ack> SayAsync(string who, string key, string? text) => floor.CommandAsync(who, key, person =>
        Say(person, text, floor.State.Groups.GroupOf(person.Id) is { } group ? Audiences.Group(group) : null, key));

    /// <param name="to">"staff" from a pupil or a classroom; a participant id, "group:" and an id, or "all" from a teacher.</param>
    public Task<Ack> SayToAsync(string who, string key, string? text, string? to) => floor.CommandAsync(who, key, person => Say(person, text, TargetOf(person, to), key));

    public Task<Ack> SetModeAsync(string who, string key, string? mode) => floor.CommandAsync(who, key, _ => ChatModes.IsOne(mode)
        ? floor.Emit(who, TalkEvents.ChatMode, new ChatModeBody(mode!), key: key)
        : throw new Refusal(Refusal.BadRequest));

    /// <summary>A line goes away, for those who see it and for those who come later. The staff sees that something was there.</summary>
    public Task<Ack> RemoveAsync(string who, string key, long seq) => floor.CommandAsync(who, key, _ =>
        floor.State.Chat.AudienceOfLine(seq) is { } audience
            ? floor.Emit(who, TalkEvents.ChatGone, new ChatGoneBody(seq), audience, key)
            : throw new Refusal(Refusal.UnknownLine));

    /// <summary>Trimmed, without control characters, not too long; lines may be broken.</summary>
    public static string Clean(string? text, int longest)
    {
        var clean = new string([.. (text ?? "").Where(c => c == '\n' || !char.IsControl(c))]).Trim();
        return clean.Length > 0 && clean.Length <= longest ? clean : throw new Refusal(Refusal.BadRequest);
    }

    private long Say(Person person, string? text, string? to, string key)
    {
        var clean = Clean(text, Longest);
        if (person.Role == LessonRole.Student && to is null)
        {
            to = floor.State.Chat.Mode == ChatModes.Teacher ? ToStaff : null;
        }

        if (person.Role == LessonRole.Student && to is null or ToStaff && floor.State.Chat.Mode == ChatModes.Off)
        {
            throw new Refusal(Refusal.ChatOff);
        }

        if (floor.AttachmentOf(person.Id) is { } attachment && !attachment.Chat.TryPass(floor.Now))
        {
            throw new Refusal(Refusal.TooFast);
        }

        return floor.Emit(person.Id, TalkEvents.Chat, new ChatBody(person.Id, person.Name, clean, to), AudienceOf(person, to), key);
    }

    private static string AudienceOf(Person person, string? to) => to switch
    {
        null => TimelineEntry.All,
        ToStaff => person.Id,
        _ => to,
    };

    private string? TargetOf(Person person, string? to)
    {
        if (person.Role != LessonRole.Teacher)
        {
            return to == ToStaff ? ToStaff : throw new Refusal(Refusal.NotAllowed);
        }

        if (to is "all")
        {
            return null;
        }

        var group = Audiences.GroupOf(to ?? "");
        if (group is null)
        {
            return floor.DemandHere(to ?? "").Id;
        }

        return floor.State.Groups.Exists(group) ? to : throw new Refusal(Refusal.BadRequest);
    }
}
