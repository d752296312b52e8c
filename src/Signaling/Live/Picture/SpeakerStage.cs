using Classroom.MediaServer;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Picture;

/// <summary>Whose picture comes on the stage when whoever speaks is shown.</summary>
internal static class SpeakerStage
{
    /// <summary>Milliseconds that a picture stays: a dialogue must not make the panel flicker.</summary>
    public const long Hold = 4_000;

    // A teacher's face, then children's faces, then a whole room.
    private static readonly string[] Faces = ["camera", "TeacherCloseUp", "StudentCloseUp", "TeacherPanorama", "StudentPanorama"];

    /// <returns>The seat to show; null: the stage stays as it is.</returns>
    public static StageTarget? Next(LiveState state, long clockNow)
    {
        var picture = state.Picture;
        if (picture.Settings.Stage != StageMode.Speaker
            || picture.Speaker is not { } speaker
            || speaker.ParticipantId == state.Stage?.ParticipantId
            || !state.People.TryGetValue(speaker.ParticipantId, out var person)
            || state.Voices.IsSilenced(person)
            || clockNow - picture.StagedAt < Hold)
        {
            return null;
        }

        return PictureOf(state, speaker);
    }

    private static StageTarget? PictureOf(LiveState state, SpeakerBody speaker)
    {
        var groups = state.Publications.Values
            .Where(publication => publication.ParticipantId == speaker.ParticipantId && publication.Kind == nameof(MediaKind.Video))
            .Select(publication => publication.Group)
            .ToList();
        var group = groups.Contains(speaker.Group) ? speaker.Group : Faces.FirstOrDefault(groups.Contains);
        return group is null ? null : new StageTarget(speaker.ParticipantId, group);
    }
}
