using Classroom.Recorder;
using Classroom.Server.Configuration;

namespace Classroom.Server.StartUp;

/// <summary>Hands each part its share of the configuration, and leaves out the parts whose role this process does not have.</summary>
internal static class Features
{
    public static void AddFeatures(this IServiceCollection services, ServerOptions options)
    {
        services.AddRecorder(recorder => Configure(recorder, options));
    }

    public static void MapFeatures(this IEndpointRouteBuilder app, ServerOptions options)
    {
        if (!options.Has(ServerRoles.Web))
        {
            return;
        }

        app.MapRecorder();
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
        recorder.FfprobePath = Path.Combine(Path.GetDirectoryName(options.Ffmpeg) ?? "", "ffprobe");
        recorder.Workers = options.Has(ServerRoles.Worker) ? options.Workers : 0;
        recorder.MaxHeight = options.FilmHeight;
    }
}
