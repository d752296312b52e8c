using Classroom.Data;
using Classroom.MediaServer;
using Classroom.MediaServer.Bandwidth;

namespace Classroom.Signaling.Live;

/// <summary>What matters most in a lesson: the voice, then what must be read, then who is on stage, then whole classrooms.</summary>
internal static class StreamClasses
{
    private static readonly string[] Text = ["Courseware", "Board", "screen"];

    public static BandwidthPlan PlanFor(Lesson lesson, LiveState state)
    {
        var classes = new Dictionary<string, StreamClass>(StringComparer.Ordinal);
        foreach (var publication in state.Publications.Values)
        {
            if (publication.Kind == nameof(MediaKind.Video))
            {
                classes[publication.PublicationId] = Of(publication, state);
            }
        }

        return new BandwidthPlan { Classes = classes, SchoolCeilings = CeilingsOf(lesson) };
    }

    private static StreamClass Of(PublishBody picture, LiveState state)
    {
        if (Text.Contains(picture.Group, StringComparer.Ordinal))
        {
            return StreamClass.Courseware;
        }

        // While nobody is on stage, pages show the teacher.
        var stage = state.Stage;
        var isShown = stage is null ? picture.Group == "TeacherCloseUp" : stage.ParticipantId == picture.ParticipantId && stage.Group == picture.Group;
        return isShown || state.Picture.IsBeside(picture.ParticipantId, picture.Group) ? StreamClass.CloseUp
            : picture.Group.EndsWith("Panorama", StringComparison.Ordinal) ? StreamClass.Panorama
            : StreamClass.Rest;
    }

    // What an administrator has said that a school's line takes.
    private static Dictionary<string, long> CeilingsOf(Lesson lesson) => lesson.Classrooms
        .Select(link => link.Classroom?.School)
        .Where(school => school?.LineKbps is not null)
        .DistinctBy(school => school!.Id)
        .ToDictionary(school => school!.Id, school => school!.LineKbps!.Value * 1000L);
}
