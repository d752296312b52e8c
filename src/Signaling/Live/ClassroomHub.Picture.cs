using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live;

// Pictures, and what a lesson allows.
internal sealed partial class ClassroomHub
{
    public Task<Ack> Arrange(string key, PictureArrangement arrangement) => Call(nameof(Arrange), (room, me) => room.Picture.ArrangeAsync(me, key, arrangement));

    public Task<Ack> ChangeSettings(string key, LessonSettings settings) => Call(nameof(ChangeSettings), (room, me) => room.Picture.ChangeSettingsAsync(me, key, settings));
}
