using Classroom.Data.Secrets;
using Classroom.Library;
using Classroom.Library.Public;
using Classroom.MediaServer;
using Classroom.Recorder;
using Classroom.Server.Configuration;
using Classroom.Server.Health;
using Classroom.Server.Http;
using Classroom.Server.Metrics;
using Classroom.Server.Tls;
using Classroom.Signaling;

namespace Classroom.Server.StartUp;

/// <summary>Hands each part its share of the configuration, and leaves out the parts whose role this process does not have.</summary>
internal static class Features
{
    public static void AddFeatures(this IServiceCollection services, ServerOptions options)
    {
        // In the order in which they start: the port, the recorder that watches it, then the lessons that open rooms on it.
        if (options.Has(ServerRoles.Media))
        {
            services.AddMediaServer(media => Configure(media, options));
            services.AddSingleton<IReadyCheck, MediaCheck>();
            services.AddSingleton<IReadyCheck, MediaCode>();
            _ = MediaCode.Begin();
            services.AddSingleton<IMetricSource, MediaMetrics>();
        }

        services.AddRecorder(recorder => Configure(recorder, options));
        if (options.Has(ServerRoles.Web))
        {
            services.AddSignaling(signaling => Configure(signaling, options));
            services.AddRehearsal();
            services.AddSingleton<IReadyCheck, RehearsalCheck>();
            services.AddSingleton<IMetricSource, SourceMetrics>();
            services.AddSingleton<IClientPage, ClientPage>();
            services.AddLibrary(library => Configure(library, options));
            if (options.XapiEndpoint is not null)
            {
                services.AddSingleton<IMetricSource, StatementMetrics>();
            }
        }
    }

    public static void MapFeatures(this IEndpointRouteBuilder app, ServerOptions options)
    {
        if (!options.Has(ServerRoles.Web))
        {
            return;
        }

        app.MapSignaling();
        app.MapRecorder();
        app.MapLibrary();
    }

    private static void Configure(MediaOptions media, ServerOptions options)
    {
        media.Port = options.MediaPort;
        media.Tcp = options.MediaTcp;
        media.PublicAddresses = options.PublicAddresses;
        media.Loops = options.MediaLoops;
        media.SplitAbove = options.MediaSplitAbove;
        media.MaxTransports = options.MaxConnections;
        media.MaxParticipants = options.MaxParticipants;
    }

    private static void Configure(SignalingOptions signaling, ServerOptions options)
    {
        signaling.DataFolder = options.DataFolder;
        signaling.PublicUrl = PublicUrl(options);
        signaling.TurnUrls = options.TurnUrls;
        signaling.TurnSecret = options.TurnSecret ?? "";
        signaling.TimeZone = options.TimeZone;
        signaling.AdhocLessons = options.AdhocLessons;
        signaling.Demo = options.Demo;
        signaling.FfmpegPath = options.Ffmpeg;
        signaling.FfprobePath = FfprobeBeside(options.Ffmpeg);
    }

    private static string FfprobeBeside(string ffmpeg) => Path.Combine(Path.GetDirectoryName(ffmpeg) ?? "", "ffprobe");

    // QR codes are scanned by other devices, so the address is one that they can reach.
    private static string PublicUrl(ServerOptions options) => options switch
    {
        { PublicUrl: { } url } => url.ToString().TrimEnd('/'),
        { HttpsPort: > 0 } => $"https://{MachineNames.Preferred()}:{options.HttpsPort}",
        { HttpPort: > 0 } => $"http://{MachineNames.Preferred()}:{options.HttpPort}",
        _ => "",
    };

    private static void Configure(LibraryOptions library, ServerOptions options)
    {
        library.ReviewLevels = options.ReviewLevels;
        library.PublicUrl = options.PublicUrl?.ToString().TrimEnd('/') ?? "";
        library.XapiEndpoint = options.XapiEndpoint;
        library.XapiKey = options.XapiKey ?? "";
        library.XapiSecret = options.XapiSecret ?? "";
        library.PseudonymKey = options.XapiEndpoint is null ? [] : SecretFile.ReadOrCreate(options.SecretsFolder, "pseudonyms.key", 32);
    }

    private static void Configure(RecorderOptions recorder, ServerOptions options)
    {
        recorder.SpoolFolder = options.SpoolFolder!;
        recorder.StoreFolder = options.StoreFolder!;
        recorder.SecretsFolder = options.SecretsFolder;
        recorder.S3Endpoint = options.S3Endpoint?.ToString();
        recorder.S3Bucket = options.S3Bucket;
        recorder.S3AccessKey = options.S3AccessKey ?? "";
        recorder.S3SecretKey = options.S3SecretKey ?? "";
        recorder.FfmpegPath = options.Ffmpeg;
        recorder.FfprobePath = FfprobeBeside(options.Ffmpeg);
        recorder.Workers = options.Has(ServerRoles.Worker) ? options.Workers : 0;
        recorder.MaxHeight = options.FilmHeight;
        recorder.PieceDays = options.PieceDays;
        recorder.Recogniser = options.Recogniser;
        recorder.WatchFolder = options.WatchFolder;
        recorder.TimeZone = options.TimeZone;
    }
}
