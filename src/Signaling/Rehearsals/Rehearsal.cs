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

namespace Classroom.Signaling.Rehearsals;

/// <summary>
/// After its start the server joins a room of its own once, as a sender and as some viewers at once, by WHIP and WHEP and through its
/// media port. What is compiled when it is first used is compiled then, not while the first teacher waits
/// (docs/decisions/0008-compiled-once.md).
/// </summary>
internal sealed partial class Rehearsal(
    LessonRooms rooms, JoinTokens tokens, IServer server, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<Rehearsal> logger)
    : BackgroundService, IRehearsal
{
    private const string Publication = "rehearsal";

    // Joins that wait for each other take other ways than one alone.
    private const int Viewers = 4;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(20);
    private volatile bool _isOver;
    private volatile bool _hasSucceeded;

    public bool IsOver => _isOver;

    public bool HasSucceeded => _hasSucceeded;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            limit.CancelAfter(s_patience);
            await RehearseAsync(limit.Token);
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
        var token = tokens.Issue(new JoinGrant(lesson, LessonRole.Publisher), s_patience);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        var room = await rooms.OpenRehearsalAsync(lesson, cancellationToken);
        try
        {
            await PlayAsync(http, lesson, cancellationToken);
            _hasSucceeded = true;
        }
        finally
        {
            await room.CancelAsync();
        }
    }

    private async Task PlayAsync(HttpClient http, string lesson, CancellationToken cancellationToken)
    {
        using var sender = new RehearsalPeer(clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = await JoinAsync(http, sender, $"/whip/{lesson}/{Publication}", "sendonly", cancellationToken);
        var watching = Task.WhenAll(Enumerable.Range(0, Viewers).Select(_ => WatchAsync(http, lesson, end.Token)));
        try
        {
            while (!watching.IsCompleted)
            {
                sender.SendMoment();
                await Task.WhenAny(watching, Task.Delay(s_moment, cancellationToken));
            }

            await watching;
        }
        finally
        {
            // Nobody goes on when the sender has failed.
            await end.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await LeaveAsync(http, sending, cancellationToken);
    }

    private async Task WatchAsync(HttpClient http, string lesson, CancellationToken cancellationToken)
    {
        using var viewer = new RehearsalPeer(clock);
        var session = await JoinAsync(http, viewer, $"/whep/{lesson}/{Publication}", "recvonly", cancellationToken);
        await viewer.ReceiveAsync(cancellationToken);
        await LeaveAsync(http, session, cancellationToken);
    }

    private static async Task<Uri> JoinAsync(HttpClient http, RehearsalPeer peer, string path, string direction, CancellationToken cancellationToken)
    {
        using var content = new StringContent(peer.Offer(direction), Encoding.UTF8, "application/sdp");
        using var reply = await http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
        reply.EnsureSuccessStatusCode();
        await peer.ConnectAsync(await reply.Content.ReadAsStringAsync(cancellationToken), cancellationToken);
        return reply.Headers.Location!;
    }

    private static async Task LeaveAsync(HttpClient http, Uri session, CancellationToken cancellationToken)
    {
        using var reply = await http.DeleteAsync(session, cancellationToken);
        reply.EnsureSuccessStatusCode();
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
