using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Recorder.Archives;
using Classroom.Recorder.Boards;
using Classroom.Recorder.Capture;
using Classroom.Recorder.Documents;
using Classroom.Recorder.Drafts;
using Classroom.Recorder.Http;
using Classroom.Recorder.Links;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Pipeline.Analysis;
using Classroom.Recorder.Pipeline.Film;
using Classroom.Recorder.Retention;
using Classroom.Recorder.Store;
using Classroom.Recorder.Uploads;
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
        services.AddSingleton<EncoderVersion>();
        services.AddSingleton<CardWordsReader>();
        services.AddSingleton<CourseSources>();
        services.AddSingleton<FilmRenderer>();
        services.AddSingleton<IncomingFiles>();
        services.AddSingleton<ICourseCovers, CourseCovers>();
        services.AddSingleton<LessonDrafts>();
        services.AddSingleton<PagePictures>();
        services.AddSingleton<BoardFilm>();
        services.AddSingleton<BoardTracks>();
        services.AddSingleton<DraftFilms>();
        services.AddSingleton<IJobHandler, DraftFilmJob>();
        services.AddSingleton<IJobHandler, FinishRecording>();
        services.AddSingleton<IJobHandler, AnalyseRecording>();
        services.AddSingleton<IJobHandler, RenderCourse>();
        services.AddSingleton<IJobHandler, ExportCourse>();
        services.AddSingleton<IJobHandler, RecogniseCourse>();
        services.AddSingleton<PdfReader>();
        services.AddSingleton<PageDrawing>();
        services.AddSingleton<IJobHandler, RenderSlides>();
        services.AddSingleton<ILessonFiles, LessonFiles>();
        services.AddScoped<RecordingReader>();
        services.AddSingleton<SeatArchives>();
        services.AddSingleton<UploadFiles>();
        services.AddScoped<UploadDesk>();
        services.AddSingleton<IJobHandler, IngestFile>();
        services.AddSingleton<IJobHandler, DeleteMedia>();
        services.AddSingleton<DeletionOrders>();
        services.AddSingleton<StorageMeter>();
        services.AddScoped<StorageReader>();
        services.AddScoped<RetentionDesk>();
        services.AddScoped<CourseDeletionDesk>();
        // A process without a media server or a database (a test, another role) only serves the store.
        services.AddSingleton<IHostedService>(provider => provider.GetService<IMediaServer>() is null
            ? new NothingToDo()
            : ActivatorUtilities.CreateInstance<CaptureService>(provider));
        services.AddSingleton<IHostedService>(provider => provider.GetService<IMediaServer>() is null
            ? new NothingToDo()
            : ActivatorUtilities.CreateInstance<DraftService>(provider));
        services.AddSingleton<IHostedService>(provider => provider.GetService<JobQueue>() is null
            ? new NothingToDo()
            : ActivatorUtilities.CreateInstance<JobWorker>(provider));
        services.AddSingleton<IHostedService>(provider => provider.GetService<JobQueue>() is null
            ? new NothingToDo()
            : ActivatorUtilities.CreateInstance<PieceSweep>(provider));
        services.AddSingleton<IHostedService>(provider => provider.GetService<JobQueue>() is null || string.IsNullOrWhiteSpace(provider.GetRequiredService<IOptions<RecorderOptions>>().Value.WatchFolder)
            ? new NothingToDo()
            : ActivatorUtilities.CreateInstance<WatchedFolder>(provider));
        // Rules are applied where the catalogue is, which a deleted film has to leave.
        services.AddSingleton<IHostedService>(provider => provider.GetService<ICourseIndex>() is null
            ? new NothingToDo()
            : ActivatorUtilities.CreateInstance<RetentionSweep>(provider));
        return services;
    }

    public static IEndpointRouteBuilder MapRecorder(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/media/{ticket}/" + SeatArchives.Address, [HttpMethods.Get, HttpMethods.Head], SeatArchiveEndpoint.Get).AllowAnonymous();
        routes.MapMethods("/media/{ticket}/{**path}", [HttpMethods.Get, HttpMethods.Head], MediaEndpoint.Get).AllowAnonymous();
        var api = routes.MapGroup("/api").RequireAuthorization();
        RecorderEndpoints.Map(api);
        RetentionEndpoints.Map(api);
        UploadEndpoints.Map(api);
        return routes;
    }

    private sealed class NothingToDo : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }

    private static IObjectStore Open(RecorderOptions options) =>
        string.IsNullOrWhiteSpace(options.S3Endpoint) ? new FolderObjectStore(options.StoreFolder) : new S3ObjectStore(options);
}
