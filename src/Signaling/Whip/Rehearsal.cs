using System.Net.Http.Headers;
using System.Text;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.Signaling.Tokens;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classroom.Signaling.Whip;

/// <summary>
/// After its start the server joins a room of its own once, as sender and as viewer, by WHIP and WHEP. What is compiled when it
/// is first used is compiled then, not while the first teacher waits (docs/decisions/0008-compiled-once.md).
/// </summary>
internal sealed partial class Rehearsal(LessonRooms rooms, JoinTokens tokens, IServer server, IHostApplicationLifetime lifetime, ILogger<Rehearsal> logger)
    : BackgroundService, IRehearsal
{
    private const string Publication = "rehearsal";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private volatile bool _isOver;

    public bool IsOver => _isOver;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            await RehearseAsync(stoppingToken).WaitAsync(Patience, stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // Lessons do not depend on it: the first one to join waits a little longer.
            Log.Failed(logger, exception);
        }
        finally
        {
            _isOver = true;
        }
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    private async Task RehearseAsync(CancellationToken cancellationToken)
    {
        if (LocalAddress() is not { } address)
        {
            return;
        }

        var lesson = $"rehearsal-{Ids.New()}";
        var token = tokens.Issue(new JoinGrant(lesson, LessonRole.Publisher), Patience);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        var room = await rooms.OpenRehearsalAsync(lesson, cancellationToken);
        try
        {
            var sender = await JoinAsync(http, $"/whip/{lesson}/{Publication}", RehearsalOffer.Of("sendonly"), cancellationToken);
            var viewer = await JoinAsync(http, $"/whep/{lesson}/{Publication}", RehearsalOffer.Of("recvonly"), cancellationToken);
            foreach (var session in new[] { viewer, sender })
            {
                using var reply = await http.DeleteAsync(session, cancellationToken);
                reply.EnsureSuccessStatusCode();
            }
        }
        finally
        {
            await room.CancelAsync();
        }
    }

    private static async Task<Uri> JoinAsync(HttpClient http, string path, string offer, CancellationToken cancellationToken)
    {
        using var content = new StringContent(offer, Encoding.UTF8, "application/sdp");
        using var reply = await http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
        return reply.EnsureSuccessStatusCode().Headers.Location!;
    }

    // Of the plain port: the other one differs only by TLS.
    private Uri? LocalAddress() =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => address.StartsWith("http:", StringComparison.Ordinal)) is { } address
            ? new UriBuilder(Uri.UriSchemeHttp, "localhost", BindingAddress.Parse(address).Port).Uri
            : null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The rehearsal of a join after the start failed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
