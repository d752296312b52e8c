using System.ComponentModel.DataAnnotations;

namespace Classroom.Recorder;

/// <summary>Where recordings go and how they are worked on.</summary>
public sealed class RecorderOptions
{
    /// <summary>Local folder that captured files lie in until the store has confirmed them; also the pipeline's work folder.</summary>
    /// <value>Default "data/spool". Keep it on a local disk.</value>
    [Required]
    public string SpoolFolder { get; set; } = "data/spool";

    /// <summary>Folder of the object store, used while <see cref="S3Endpoint"/> is empty.</summary>
    /// <value>Default "data/store".</value>
    [Required]
    public string StoreFolder { get; set; } = "data/store";

    /// <summary>Folder of generated secrets, readable by the owner only.</summary>
    /// <value>Default "data/secrets".</value>
    [Required]
    public string SecretsFolder { get; set; } = "data/secrets";

    /// <summary>URL of an S3 service, for example "http://127.0.0.1:9000". Empty: the local folder is the store.</summary>
    public string? S3Endpoint { get; set; }

    /// <value>Default "classroom"; created when it does not exist.</value>
    public string S3Bucket { get; set; } = "classroom";

    public string S3AccessKey { get; set; } = "";

    public string S3SecretKey { get; set; } = "";

    /// <summary>Program that encodes; a name is looked up in PATH.</summary>
    [Required]
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>Program that describes media files; a name is looked up in PATH.</summary>
    [Required]
    public string FfprobePath { get; set; } = "ffprobe";

    /// <summary>Jobs worked on at the same time by this process.</summary>
    /// <value>0 (none here) to 64; default 1.</value>
    [Range(0, 64)]
    public int Workers { get; set; } = 1;

    /// <summary>Longest time an encoder may make no progress before it is stopped.</summary>
    /// <value>5 to 3,600 seconds; default 60.</value>
    [Range(5, 3600)]
    public int StallSeconds { get; set; } = 60;

    /// <summary>Speed against size of the encoded ladder, an x264 preset.</summary>
    /// <value>ultrafast, superfast, veryfast, faster, fast or medium; default veryfast.</value>
    [RegularExpression("ultrafast|superfast|veryfast|faster|fast|medium")]
    public string Preset { get; set; } = "veryfast";

    /// <summary>Tallest picture that is rendered, in lines.</summary>
    /// <value>360 to 1080; default 720.</value>
    [Range(360, 1080)]
    public int MaxHeight { get; set; } = 720;

    /// <summary>How long pieces of a rendered film are kept, so that a changed film costs only what changed.</summary>
    /// <value>1 to 3,650 days; default 30.</value>
    [Range(1, 3650)]
    public int PieceDays { get; set; } = 30;

    /// <summary>Program that hears captions; called with a WAV file and the path of the WebVTT file to write.</summary>
    /// <value>Default none.</value>
    public string? Recogniser { get; set; }

    /// <summary>Folder that existing recording appliances write films into; they are taken out of it and become recordings.</summary>
    /// <value>Default none.</value>
    public string? WatchFolder { get; set; }

    /// <summary>Time zone of the timetable, in which archives name the day of a lesson.</summary>
    /// <value>An IANA name; default Asia/Shanghai.</value>
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>How many packets may wait for a slow disk before packets are dropped and counted.</summary>
    /// <value>1,024 to 1,000,000 packets of at most 1,500 bytes; default 65,536.</value>
    [Range(1024, 1_000_000)]
    public int QueuePackets { get; set; } = 65_536;
}
