using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live;

internal sealed partial class ClassroomHub
{
    public Task<Ack> Chat(string key, string text) => Call(nameof(Chat), (room, me) => room.Chat.SayAsync(me, key, text));

    public Task<Ack> ChatTo(string key, string text, string to) => Call(nameof(ChatTo), (room, me) => room.Chat.SayToAsync(me, key, text, to));

    public Task<Ack> SetChatMode(string key, string mode) => Call(nameof(SetChatMode), (room, me) => room.Chat.SetModeAsync(me, key, mode));

    public Task<Ack> RemoveChat(string key, long seq) => Call(nameof(RemoveChat), (room, me) => room.Chat.RemoveAsync(me, key, seq));

    public Task<Ack> Ask(string key, string text) => Call(nameof(Ask), (room, me) => room.Asks.AskAsync(me, key, text));

    public Task<Ack> LikeAsk(string key, long seq) => Call(nameof(LikeAsk), (room, me) => room.Asks.LikeAsync(me, key, seq));

    public Task<Ack> SettleAsk(string key, long seq, string state) => Call(nameof(SettleAsk), (room, me) => room.Asks.SettleAsync(me, key, seq, state));

    public Task<Ack> React(string key, string kind) => Call(nameof(React), (room, me) => room.Asks.ReactAsync(me, key, kind));

    public Task<Ack> Mute(string key, string participantId, bool muted) => Call(nameof(Mute), (room, me) => room.Voices.MuteAsync(me, key, participantId, muted));

    public Task<Ack> MuteAll(string key, bool muted) => Call(nameof(MuteAll), (room, me) => room.Voices.MuteAllAsync(me, key, muted));

    public Task<Ack> LowerHands(string key) => Call(nameof(LowerHands), (room, me) => room.Voices.LowerAllAsync(me, key));

    public Task<Ack> HandOver(string key, string? participantId) => Call(nameof(HandOver), (room, me) => room.Voices.HandOverAsync(me, key, participantId));
}
