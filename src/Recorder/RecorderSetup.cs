using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Recorder.Capture;
using Classroom.Recorder.Http;
using Classroom.Recorder.Links;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder;

/// <summary>Capture, job workers, object store and their endpoints.</summary>
public static class RecorderSetup
{
    public static IServiceCollection AddRecorder(this IServiceCollection services, Action<RecorderOptions> configure)
    {
        services.AddOptions<RecorderOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MediaLinks>();
        services.AddSingleton<IMediaLinks>(provider => provider.GetRequiredService<MediaLinks>());
        services.AddSingleton<IObjectStore>(provider => Open(provider.GetRequiredService<IOptions<RecorderOptions>>().Value));
        services.AddHostedService<BucketAtStart>();
        services.AddSingleton<RecordingRows>();
        services.AddSingleton<TrackFiles>();
        services.AddSingleton<FfmpegRunner>();
        services.AddSingleton<MediaProbe>();
        services.AddSingleton<FilmRenderer>();
        services.AddSingleton<IJobHandler, FinishRecording>();
        services.AddSingleton<IJobHandler, RenderCourse>();
        services.AddScoped<RecordingReader>();
        // A process without a media server or a database (a test, another role) only serves the store.
        services.AddSingleton<IHostedService>(provider => provider.GetService<IMediaServer>() is null
            ? new NothingToDo()
            : ActivatorUtilities.CreateInstance<CaptureService>(provider));
        services.AddSingleton<IHostedService>(provider => provider.GetService<JobQueue>() is null
            ? new NothingToDo()
            : ActivatorUtilities.CreateInstance<JobWorker>(provider));
        return services;
    }

    public static IEndpointRouteBuilder MapRecorder(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/media/{ticket}/{**path}", [HttpMethods.Get, HttpMethods.Head], MediaEndpoint.Get).AllowAnonymous();
        RecorderEndpoints.Map(routes.MapGroup("/api").RequireAuthorization());
        return routes;
    }

    private sealed class NothingToDo : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }

    private static IObjectStore Open(RecorderOptions options) =>
        string.IsNullOrWhiteSpace(options.S3Endpoint) ? new FolderObjectStore(options.StoreFolder) : new S3ObjectStore(options);
}
