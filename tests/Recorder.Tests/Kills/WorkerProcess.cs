using System.Text.Json;
using Classroom.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classroom.Recorder.Tests.Kills;

/// <summary>What a worker is told.</summary>
/// <param name="Database">The SQLite file.</param>
/// <param name="AheadSeconds">How far its clock is ahead: leases of the killed and pauses before a retry are over for it.</param>
internal sealed record WorkerSettings(string Database, string Spool, string Secrets, string S3Endpoint, string S3AccessKey, string S3SecretKey, string S3Bucket, int AheadSeconds);

/// <summary>Works on the queue as a server does whose role is worker.</summary>
internal static class WorkerProcess
{
    public const string Name = "worker";

    public static async Task<int> RunAsync(string settings)
    {
        var told = JsonSerializer.Deserialize<WorkerSettings>(settings)!;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton<TimeProvider>(new TimeAhead(TimeSpan.FromSeconds(told.AheadSeconds)));
        builder.Services.AddClassroomData(null, told.Database);
        builder.Services.AddSingleton<JobQueue>();
        builder.Services.AddRecorder(options =>
        {
            (options.SpoolFolder, options.SecretsFolder, options.Preset) = (told.Spool, told.Secrets, "ultrafast");
            (options.S3Endpoint, options.S3AccessKey, options.S3SecretKey, options.S3Bucket) = (told.S3Endpoint, told.S3AccessKey, told.S3SecretKey, told.S3Bucket);
        });
        using var host = builder.Build();
        await host.StartAsync();
        await Console.Out.WriteLineAsync("started");
        await host.WaitForShutdownAsync();
        return 0;
    }

    private sealed class TimeAhead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
