using System.ComponentModel.DataAnnotations;

namespace Classroom.Server.Configuration;

/// <summary>Everything an operator can set, each by one environment key. docs/configuration.md is the same list; a test compares them.</summary>
public sealed class ServerOptions
{
    /// <summary>What this process does: a comma-separated list of web, media, worker, or all. Web and media go together for now.</summary>
    /// <value>Default all.</value>
    [EnvironmentKey("CLASSROOM_ROLES")]
    public ServerRoles Roles { get; set; } = ServerRoles.All;

    /// <summary>TCP port of plain HTTP (tablets without a camera, probes).</summary>
    /// <value>0 to 65535; default 8080; 0 takes a free one.</value>
    [EnvironmentKey("CLASSROOM_HTTP_PORT"), Range(0, 65535)]
    public int HttpPort { get; set; } = 8080;

    /// <summary>TCP port of HTTPS. Browsers give camera and microphone only to a secure page.</summary>
    /// <value>-1 to 65535; default 8443; 0 takes a free one; -1 switches HTTPS off.</value>
    [EnvironmentKey("CLASSROOM_HTTPS_PORT"), Range(-1, 65535)]
    public int HttpsPort { get; set; } = 8443;

    /// <summary>Address that people type and that QR codes carry, for example https://class.example.cn.</summary>
    /// <value>An http or https URL; default https:// with this machine's first address and the HTTPS port.</value>
    [EnvironmentKey("CLASSROOM_PUBLIC_URL")]
    public Uri? PublicUrl { get; set; }

    /// <summary>IP addresses at which browsers reach the media port, comma-separated; needed behind NAT.</summary>
    /// <value>Default: all addresses of this machine.</value>
    [EnvironmentKey("CLASSROOM_PUBLIC_IP")]
    public string[] PublicAddresses { get; set; } = [];

    /// <summary>UDP and TCP port of all media.</summary>
    /// <value>0 to 65535; default 5004; 0 takes a free one.</value>
    [EnvironmentKey("CLASSROOM_MEDIA_PORT"), Range(0, 65535)]
    public int MediaPort { get; set; } = 5004;

    /// <summary>Serves schools whose network lets no UDP through by TCP on the media port.</summary>
    /// <value>0 or 1; default 1.</value>
    [EnvironmentKey("CLASSROOM_MEDIA_TCP")]
    public bool MediaTcp { get; set; } = true;

    /// <summary>Media threads.</summary>
    /// <value>0 to 256; default 0: one per core.</value>
    [EnvironmentKey("CLASSROOM_MEDIA_LOOPS"), Range(0, 256)]
    public int MediaLoops { get; set; }

    /// <summary>Processor time of a media thread, in percent of one core, from which new viewers of its lessons go to other threads.</summary>
    /// <value>0 to 100; default 60. The first 32 viewers of a lesson stay on its thread in any case.</value>
    [EnvironmentKey("CLASSROOM_MEDIA_SPLIT_ABOVE"), Range(0, 100)]
    public int MediaSplitAbove { get; set; } = 60;

    /// <summary>Connections of browsers and equipment that the media part takes on, over all lessons.</summary>
    /// <value>1 to 100000; default 4000. A participant has one to publish and one to subscribe.</value>
    [EnvironmentKey("CLASSROOM_MEDIA_MAX_CONNECTIONS"), Range(1, 100_000)]
    public int MaxConnections { get; set; } = 4000;

    /// <summary>Participants of one lesson.</summary>
    /// <value>1 to 100000; default 1000.</value>
    [EnvironmentKey("CLASSROOM_MEDIA_MAX_PARTICIPANTS"), Range(1, 100_000)]
    public int MaxParticipants { get; set; } = 1000;

    /// <summary>Folder of the database, secrets, recordings and logs.</summary>
    /// <value>A path; default data, below the current folder.</value>
    [EnvironmentKey("CLASSROOM_DATA"), Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>PostgreSQL connection string.</summary>
    /// <value>Default empty: SQLite in the data folder.</value>
    [EnvironmentKey("CLASSROOM_DATABASE", IsSecret = true)]
    public string? Database { get; set; }

    /// <summary>Folder of the captures until they are stored; wants a fast local disk.</summary>
    /// <value>A path; default spool, below the data folder.</value>
    [EnvironmentKey("CLASSROOM_SPOOL_FOLDER")]
    public string? SpoolFolder { get; set; }

    /// <summary>Folder of stored recordings and films when there is no S3 service.</summary>
    /// <value>A path; default store, below the data folder.</value>
    [EnvironmentKey("CLASSROOM_STORE_FOLDER")]
    public string? StoreFolder { get; set; }

    /// <summary>S3 service for recordings and films, for example http://127.0.0.1:9000.</summary>
    /// <value>An http or https URL; default none: the store folder.</value>
    [EnvironmentKey("CLASSROOM_S3_ENDPOINT")]
    public Uri? S3Endpoint { get; set; }

    /// <summary>Bucket in the S3 service; made when missing.</summary>
    /// <value>Default classroom.</value>
    [EnvironmentKey("CLASSROOM_S3_BUCKET"), Required]
    public string S3Bucket { get; set; } = "classroom";

    /// <summary>Access key of the S3 service.</summary>
    /// <value>Required with an S3 endpoint.</value>
    [EnvironmentKey("CLASSROOM_S3_ACCESS_KEY", IsSecret = true)]
    public string? S3AccessKey { get; set; }

    /// <summary>Secret key of the S3 service.</summary>
    /// <value>Required with an S3 endpoint.</value>
    [EnvironmentKey("CLASSROOM_S3_SECRET_KEY", IsSecret = true)]
    public string? S3SecretKey { get; set; }

    /// <summary>FFmpeg program; ffprobe is expected beside it.</summary>
    /// <value>A path or a name on the PATH; default ffmpeg.</value>
    [EnvironmentKey("CLASSROOM_FFMPEG"), Required]
    public string Ffmpeg { get; set; } = "ffmpeg";

    /// <summary>Films that are made at the same time.</summary>
    /// <value>1 to 64; default 1.</value>
    [EnvironmentKey("CLASSROOM_WORKERS"), Range(1, 64)]
    public int Workers { get; set; } = 1;

    /// <summary>Tallest picture of the films that are made.</summary>
    /// <value>360 to 1080 lines; default 720. 1080 takes about twice the time.</value>
    [EnvironmentKey("CLASSROOM_FILM_HEIGHT"), Range(360, 1080)]
    public int FilmHeight { get; set; } = 720;

    /// <summary>How many levels approve a micro-course before it is published: school; school and district; school, district and city.</summary>
    /// <value>1 to 3; default 1.</value>
    [EnvironmentKey("CLASSROOM_REVIEW_LEVELS"), Range(1, 3)]
    public int ReviewLevels { get; set; } = 1;

    /// <summary>How long pieces of a film are kept, so that a change costs only what changed.</summary>
    /// <value>1 to 3650 days; default 30.</value>
    [EnvironmentKey("CLASSROOM_PIECE_DAYS"), Range(1, 3650)]
    public int PieceDays { get; set; } = 30;

    /// <summary>Folder that existing recording appliances write films into; they are taken out of it and become recordings.</summary>
    /// <value>A path that exists; default none.</value>
    [EnvironmentKey("CLASSROOM_WATCH_FOLDER")]
    public string? WatchFolder { get; set; }

    /// <summary>Program that hears captions: called with a WAV file (16 kHz, mono) and the path of the WebVTT file to write.</summary>
    /// <value>A path or a name on the PATH; default none: captions are written by hand.</value>
    [EnvironmentKey("CLASSROOM_RECOGNISER")]
    public string? Recogniser { get; set; }

    /// <summary>Learning record store to which xAPI statements about films go, for example https://lrs.example.cn/xapi.</summary>
    /// <value>An http or https URL; default none: no statements.</value>
    [EnvironmentKey("CLASSROOM_XAPI_ENDPOINT")]
    public Uri? XapiEndpoint { get; set; }

    /// <summary>User name at the learning record store.</summary>
    /// <value>Required with its address.</value>
    [EnvironmentKey("CLASSROOM_XAPI_KEY", IsSecret = true)]
    public string? XapiKey { get; set; }

    /// <summary>Password at the learning record store.</summary>
    /// <value>Required with its address.</value>
    [EnvironmentKey("CLASSROOM_XAPI_SECRET", IsSecret = true)]
    public string? XapiSecret { get; set; }

    /// <summary>TURN addresses given to browsers, comma-separated, for example turn:10.0.0.5:3478?transport=tcp.</summary>
    /// <value>Default none.</value>
    [EnvironmentKey("CLASSROOM_TURN_URLS")]
    public string[] TurnUrls { get; set; } = [];

    /// <summary>Secret shared with coturn (static-auth-secret), from which short-lived credentials are made.</summary>
    /// <value>Required with TURN addresses.</value>
    [EnvironmentKey("CLASSROOM_TURN_SECRET", IsSecret = true)]
    public string? TurnSecret { get; set; }

    /// <summary>Time zone of the timetable (IANA name).</summary>
    /// <value>Default Asia/Shanghai.</value>
    [EnvironmentKey("CLASSROOM_TIME_ZONE"), Required]
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>Opens lessons that nobody planned, to publishers whose token names every lesson. For benchmarks only.</summary>
    /// <value>0 or 1; default 0.</value>
    [EnvironmentKey("CLASSROOM_ADHOC_LESSONS")]
    public bool AdhocLessons { get; set; }

    /// <summary>Fills an empty database with demo schools, accounts and the demo lesson.</summary>
    /// <value>0 or 1; default 1. With 0 a one-time set-up link for the first administrator is printed instead.</value>
    [EnvironmentKey("CLASSROOM_DEMO")]
    public bool Demo { get; set; } = true;

    /// <summary>Certificate chain of the school, PEM.</summary>
    /// <value>A path; default: a local certificate authority, made at the first start.</value>
    [EnvironmentKey("CLASSROOM_TLS_CERT")]
    public string? TlsCertificate { get; set; }

    /// <summary>Private key of that certificate, PEM.</summary>
    /// <value>A path; required with CLASSROOM_TLS_CERT.</value>
    [EnvironmentKey("CLASSROOM_TLS_KEY")]
    public string? TlsKey { get; set; }

    /// <summary>Addresses of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, comma-separated.</summary>
    /// <value>Default none.</value>
    [EnvironmentKey("CLASSROOM_TRUSTED_PROXIES")]
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>Bearer token that may read /metrics from elsewhere.</summary>
    /// <value>Default none: only this machine may.</value>
    [EnvironmentKey("CLASSROOM_METRICS_TOKEN", IsSecret = true)]
    public string? MetricsToken { get; set; }

    /// <summary>Least level that is logged.</summary>
    /// <value>Trace, Debug, Information, Warning, Error; default Information.</value>
    [EnvironmentKey("CLASSROOM_LOG_LEVEL")]
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <summary>Secrets made at the first start live here, readable by the owner only.</summary>
    public string SecretsFolder => Path.Combine(DataFolder, "secrets");

    public string SqliteFile => Path.Combine(DataFolder, "classroom.db");

    public string LogFolder => Path.Combine(DataFolder, "logs");

    public bool Has(ServerRoles role) => (Roles & role) == role;
}
