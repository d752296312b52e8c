using System.ComponentModel.DataAnnotations;

namespace Classroom.Signaling;

/// <summary>How lessons, accounts and join tokens behave in this installation.</summary>
public sealed class SignalingOptions
{
    /// <summary>Folder that holds <c>secrets/</c> with the keys made at first start.</summary>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>Address that people type and QR codes carry, for example "https://classroom.example:8443". Empty: the address of the request.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>TURN and STUN servers given to pages, for example "turn:host:3478?transport=udp". Empty: none.</summary>
    public IReadOnlyList<string> TurnUrls { get; set; } = [];

    /// <summary>Secret shared with the TURN server (coturn's static-auth-secret). Empty: the servers are offered without credentials.</summary>
    public string TurnSecret { get; set; } = "";

    /// <summary>IANA zone in which "today" and "this week" are counted.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>Unknown lesson ids open a room for tokens of lesson "*" (benchmarks). Off by default.</summary>
    public bool AdhocLessons { get; set; }

    /// <summary>Demo data is served; without it the first administrator is made by a one-time link.</summary>
    public bool Demo { get; set; }

    /// <summary>People and devices in one lesson at most.</summary>
    /// <value>1 to 10,000; default 1,000.</value>
    [Range(1, 10_000)]
    public int LessonCapacity { get; set; } = 1_000;

    /// <summary>WHIP and WHEP sessions at most, over all lessons.</summary>
    /// <value>1 to 100,000; default 2,000.</value>
    [Range(1, 100_000)]
    public int WhipSessions { get; set; } = 2_000;

    /// <summary>How long before the bell a planned lesson opens by itself.</summary>
    public TimeSpan OpensBefore { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a lost connection keeps its place, and a lesson past its end waits for its teacher.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Takes the streams of appliances into lessons.</summary>
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>Looks at the streams of appliances first.</summary>
    public string FfprobePath { get; set; } = "ffprobe";

    internal string SecretsFolder => Path.Combine(DataFolder, "secrets");
}
