using Classroom.Server.Configuration;
using Classroom.Server.StartUp;

namespace Classroom.Server.Commands;

/// <summary>The default: serve until told to stop.</summary>
internal static partial class RunCommand
{
    public static async Task<int> RunAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        ServerOptions options;
        try
        {
            options = ServerOptionsReader.Read(configuration);
        }
        catch (InvalidOptionsException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }

        await using var app = ClassroomServer.Build(options);
        foreach (var key in ServerOptionsReader.UnknownKeys(configuration))
        {
            Log.UnknownKey(app.Logger, key);
        }

        var demo = await DatabaseStart.PrepareAsync(app.Services, options, cancellationToken);
        await app.StartAsync(cancellationToken);
        await Console.Out.WriteLineAsync(Banner.Write(options, [.. app.Urls], demo));
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Nothing reads {Key}. docs/configuration.md lists the keys.")]
        public static partial void UnknownKey(ILogger logger, string key);
    }
}
