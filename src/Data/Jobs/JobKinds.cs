namespace Classroom.Data;

/// <summary>The kinds of work the queue knows.</summary>
public static class JobKinds
{
    /// <summary>Subject: lesson id. Repairs, remuxes and stores the captured tracks; then the recording is Ready.</summary>
    public const string FinishRecording = "finish-recording";

    /// <summary>Subject: micro-course id. Renders its edit list to HLS, MP4, cover and storyboard.</summary>
    public const string RenderCourse = "render-course";
}
