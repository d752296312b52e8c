using Classroom.MediaServer;
using Classroom.MediaServer.Bandwidth;

namespace Classroom.Signaling.Live;

/// <summary>What matters most in a lesson: the voice, then what must be read, then who is on stage, then whole classrooms.</summary>
internal static class StreamClasses
{
    private static readonly string[] Text = ["Courseware", "Board", "screen"];

    public static BandwidthPlan PlanFor(LiveState state)
    {
        var classes = new Dictionary<string, StreamClass>(StringComparer.Ordinal);
        foreach (var publication in state.Publications.Values)
        {
            if (publication.Kind == nameof(MediaKind.Video))
            {
                classes[publication.PublicationId] = Of(publication, state.Stage);
            }
        }

        return new BandwidthPlan { Classes = classes };
    }

    private static StreamClass Of(PublishBody picture, StageBody? stage)
    {
        if (Text.Contains(picture.Group, StringComparer.Ordinal))
        {
            return StreamClass.Courseware;
        }

        // While nobody is on stage, pages show the teacher.
        var isShown = stage is null ? picture.Group == "TeacherCloseUp" : stage.ParticipantId == picture.ParticipantId && stage.Group == picture.Group;
        return isShown ? StreamClass.CloseUp
            : picture.Group.EndsWith("Panorama", StringComparison.Ordinal) ? StreamClass.Panorama
            : StreamClass.Rest;
    }
}
