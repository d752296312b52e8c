namespace Classroom.Data;

/// <summary>The kinds of work the queue knows.</summary>
public static class JobKinds
{
    /// <summary>Subject: lesson id. Makes the draft film and the playlists of all seats from what grew during the lesson; finishing follows.</summary>
    public const string DraftFilm = "draft-film";

    /// <summary>Subject: lesson id. Repairs, remuxes and stores the captured tracks; then the recording is Ready.</summary>
    public const string FinishRecording = "finish-recording";

    /// <summary>Subject: lesson id. Loudness and small pictures of its tracks, for the editor.</summary>
    public const string AnalyseRecording = "analyse-recording";

    /// <summary>Subject: micro-course id. Renders its edit list to HLS, MP4, cover and storyboard.</summary>
    public const string RenderCourse = "render-course";

    /// <summary>Subject: micro-course id. Makes a file of its film that keeps to a preset; the payload is an <see cref="ExportOrder"/>.</summary>
    public const string ExportCourse = "export-course";

    /// <summary>Subject: micro-course id. Hears captions for its clips by the program that is configured for it.</summary>
    public const string RecogniseCourse = "recognise-course";

    /// <summary>Subject: id of a lesson's document. Draws its pages for the screens of the lesson.</summary>
    public const string RenderSlides = "render-slides";

    /// <summary>Subject: id of an upload. Makes a recording of the film that was brought in; its draft film follows.</summary>
    public const string IngestFile = "ingest-file";

    /// <summary>Subject: id of a deletion record. Deletes the files of what it tells of.</summary>
    public const string DeleteMedia = "delete-media";
}
