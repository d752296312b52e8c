using Classroom.Server.Configuration;
using Microsoft.AspNetCore.SignalR;
using Serilog;
using Serilog.Events;
using ILogger = Serilog.ILogger;

namespace Classroom.Server.Logging;

/// <summary>Console for people, a file a day for those who search; every line carries its trace id.</summary>
internal static class ServerLogging
{
    private const string ConsoleLine = "{Timestamp:HH:mm:ss} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";
    private const string FileLine = "{Timestamp:O} {Level:u3} {TraceId} {SourceContext}: {Message:lj}{NewLine}{Exception}";
    private const int KeptDays = 30;
    private const long LargestFile = 100L << 20;

    public static ILogger Create(ServerOptions options) => new LoggerConfiguration()
        .MinimumLevel.Is(Level(options.LogLevel))
        .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
        .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Warning)
        .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Warning)
        // What a page was refused is its business, and told at Debug by the filter that refused; SignalR calls each an error.
        .Filter.ByExcluding(line => line.Exception is HubException)
        .Enrich.FromLogContext()
        .WriteTo.Console(outputTemplate: ConsoleLine, formatProvider: System.Globalization.CultureInfo.InvariantCulture)
        .WriteTo.File(
            Path.Combine(options.LogFolder, "classroom-.log"),
            outputTemplate: FileLine,
            formatProvider: System.Globalization.CultureInfo.InvariantCulture,
            rollingInterval: RollingInterval.Day,
            retainedFileCountLimit: KeptDays,
            fileSizeLimitBytes: LargestFile,
            rollOnFileSizeLimit: true)
        .CreateLogger();

    private static LogEventLevel Level(LogLevel level) => level switch
    {
        LogLevel.Trace => LogEventLevel.Verbose,
        LogLevel.Debug => LogEventLevel.Debug,
        LogLevel.Information => LogEventLevel.Information,
        LogLevel.Warning => LogEventLevel.Warning,
        LogLevel.Error => LogEventLevel.Error,
        _ => LogEventLevel.Fatal,
    };
}
