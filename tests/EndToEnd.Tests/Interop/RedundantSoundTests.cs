using System.Text.Json;
using System.Threading.Channels;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.MediaServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Classroom.EndToEnd.Tests.Interop;

/// <summary>Chromium sends sound with redundancy (RFC 2198) when it wants to; who takes it gets it, all others hear it plain.</summary>
public sealed class RedundantSoundTests
{
    private const string Room = "lesson";

    private static readonly Dictionary<string, string> s_groups = new(StringComparer.Ordinal) { ["0"] = "voice" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_Chromium_sends_with_redundancy_arrives_with_it_in_Chromium_and_is_heard_in_Firefox_too(bool isRedundant)
    {
        await using var services = await StartAsync();
        var media = services.GetRequiredService<IMediaServer>();
        await using var browsers = await Browsers.StartAsync();
        var chromium = await OpenAsync(await browsers.ChromiumAsync(new Uri("http://localhost/"), "chromium", MadeCameras.None));
        var firefox = await OpenAsync(await browsers.FirefoxAsync(new Uri("http://localhost/"), "firefox", MadeCameras.None));
        await PublishAsync(media, chromium, isRedundant);
        await ViewAsync(media, chromium, "player");
        await ViewAsync(media, firefox, "fox");
        await BeOfferedAsync(media, chromium, "page");

        var player = await HearsAsync(chromium, "player");
        var page = await HearsAsync(chromium, "page");
        var fox = await HearsAsync(firefox, "fox");
        TestContext.Current.TestOutputHelper?.WriteLine($"player {player}, page {page}, fox {fox}");
        Assert.Equal((isRedundant, isRedundant), (player.HasCopies, page.HasCopies));
        Assert.False(fox.HasCopies);
    }

    private static async Task<Guest> OpenAsync(Guest guest)
    {
        using var reader = new StreamReader(typeof(RedundantSoundTests).Assembly.GetManifestResourceStream("sound.js")!);
        await guest.Page.EvaluateAsync(await reader.ReadToEndAsync(Stop));
        return guest;
    }

    private static async Task<ServiceProvider> StartAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMediaServer(options => (options.Port, options.Loops) = (0, 1));
        var provider = services.BuildServiceProvider();
        foreach (var service in provider.GetServices<IHostedService>())
        {
            await service.StartAsync(Stop);
        }

        await provider.GetRequiredService<IMediaServer>().OpenRoomAsync(Room, Stop);
        return provider;
    }

    private static async Task PublishAsync(IMediaServer media, Guest guest, bool isRedundant)
    {
        await media.JoinAsync(Room, new ParticipantInfo("sender", null), null, Stop);
        var offer = await guest.Page.EvaluateAsync<string>("isRedundant => sound.publish('sender', isRedundant)", isRedundant);
        await AnswerAsync(guest, "sender", await media.PublishAsync(Room, "sender", offer, s_groups, Stop));
    }

    private static async Task ViewAsync(IMediaServer media, Guest guest, string name)
    {
        await media.JoinAsync(Room, new ParticipantInfo(name, null), null, Stop);
        var offer = await guest.Page.EvaluateAsync<string>("name => sound.view(name)", name);
        await AnswerAsync(guest, name, await media.SubscribeByOfferAsync(Room, name, offer, "voice", Stop));
    }

    private static async Task BeOfferedAsync(IMediaServer media, Guest guest, string name)
    {
        var listener = new Offers();
        await media.JoinAsync(Room, new ParticipantInfo(name, null), listener, Stop);
        var id = (await media.GetStatisticsAsync(Room, Stop))!.Publications.Single().PublicationId;
        await media.SubscribeAsync(Room, name, [id], Stop);
        var (revision, sdp) = await listener.All.Reader.ReadAsync(Stop);
        var answer = await guest.Page.EvaluateAsync<string>("([name, sdp]) => sound.take(name, sdp)", new[] { name, sdp });
        await media.AnswerSubscribeAsync(Room, name, revision, answer, Stop);
    }

    private static Task AnswerAsync(Guest guest, string name, SdpAnswer answer) =>
        guest.Page.EvaluateAsync("([name, sdp]) => sound.answer(name, sdp)", new[] { name, answer.Sdp });

    /// <summary>Waits until two seconds of tone have been heard.</summary>
    private static async Task<Heard> HearsAsync(Guest guest, string name)
    {
        var heard = new Heard(0, 0, 0, 0);
        await Eventually.TrueAsync(
            async () =>
            {
                var text = await guest.Page.EvaluateAsync<string>("name => sound.heard(name).then(JSON.stringify)", name);
                heard = JsonSerializer.Deserialize<Heard>(text, JsonSerializerOptions.Web)!;
                return heard is { Packets: > 100, Energy: > 0.1 };
            },
            () => Task.FromResult($"{name}: {heard}"));
        return heard;
    }

    /// <param name="Packets">Received.</param>
    /// <param name="Discarded">Came, but were there already: without loss, all that later packets brought along.</param>
    /// <param name="Bytes">Of their payloads.</param>
    /// <param name="Energy">As W3C webrtc-stats adds it up: a full-scale tone has one a second.</param>
    private sealed record Heard(double Packets, double Discarded, double Bytes, double Energy)
    {
        public bool HasCopies => Discarded > Packets / 2;
    }

    private sealed class Offers : IParticipantListener
    {
        public Channel<(int Revision, string Sdp)> All { get; } = Channel.CreateUnbounded<(int, string)>();

        public void OnSubscribeOffer(int revision, string sdp, IReadOnlyDictionary<string, string> tracks) => All.Writer.TryWrite((revision, sdp));

        public void OnTransportState(TransportKind kind, TransportState state)
        {
        }
    }
}
