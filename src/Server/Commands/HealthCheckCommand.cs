using System.CommandLine;
using Classroom.Server.Configuration;

namespace Classroom.Server.Commands;

/// <summary>"healthcheck": asks the server on this machine whether it is ready; for containers and service managers.</summary>
internal static class HealthCheckCommand
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static Command Create(IConfiguration configuration)
    {
        var command = new Command("healthcheck", "Ends with 0 when the server on this machine is ready.");
        command.SetAction((_, cancellationToken) => RunAsync(ServerOptionsReader.Read(configuration), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = s_patience };
        try
        {
            using var reply = await client.GetAsync(new Uri($"http://127.0.0.1:{options.HttpPort}/readyz"), cancellationToken);
            await Console.Out.WriteLineAsync(await reply.Content.ReadAsStringAsync(cancellationToken));
            return reply.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"No answer on port {options.HttpPort}: {error.Message}");
            return 1;
        }
    }
}
