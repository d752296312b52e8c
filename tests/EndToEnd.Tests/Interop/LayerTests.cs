using System.Text.Json;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.MediaServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Classroom.EndToEnd.Tests.Interop;

/// <summary>Chromium sends a picture in layers; the layer that a viewer gets follows what it shows.</summary>
public sealed class LayerTests
{
    private const string Room = "lesson";
    private const string ThreeSizes = """[{"rid":"q","scaleResolutionDownBy":4,"maxBitrate":150000},{"rid":"h","scaleResolutionDownBy":2,"maxBitrate":500000},{"rid":"f","maxBitrate":1500000}]""";
    private const string ThreeSizesInTime = """[{"rid":"q","scalabilityMode":"L1T3","scaleResolutionDownBy":4,"maxBitrate":150000},{"rid":"h","scalabilityMode":"L1T3","scaleResolutionDownBy":2,"maxBitrate":500000},{"rid":"f","scalabilityMode":"L1T3","maxBitrate":1500000}]""";
    private const string ThreeLayers = """[{"scalabilityMode":"L3T3_KEY","maxBitrate":2000000}]""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("VP8", ThreeSizes)]
    [InlineData("H264", ThreeSizes)]
    [InlineData("VP9", ThreeLayers)]
    [InlineData("AV1", ThreeLayers)]
    [InlineData("AV1", ThreeSizesInTime)]
    public async Task A_viewer_sees_the_layer_it_asks_for_and_the_picture_goes_on(string codec, string encodings)
    {
        await using var services = await StartAsync();
        var media = services.GetRequiredService<IMediaServer>();
        await using var browsers = await Browsers.StartAsync();
        var guest = await browsers.ChromiumAsync(new Uri("http://localhost/"), "layers", new(1, "星海", []));
        await guest.Page.EvaluateAsync(Script());
        await PublishAsync(media, guest, codec, encodings);
        await ViewAsync(media, guest);

        var id = (await media.GetStatisticsAsync(Room, Stop))!.Publications.Single().PublicationId;
        await SeesAsync(media, guest, height: 576);
        foreach (var (lines, height) in new[] { (1, 144), (288, 288), (0, 576), (200, 144), (0, 576) })
        {
            await media.SetLayersAsync(Room, "viewer", new Dictionary<string, LayerWish>(StringComparer.Ordinal) { [id] = new(lines) }, Stop);
            await SeesAsync(media, guest, height);
        }
    }

    private static async Task<ServiceProvider> StartAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMediaServer(options =>
        {
            options.Port = 0;
            options.Loops = 1;
        });
        var provider = services.BuildServiceProvider();
        foreach (var service in provider.GetServices<IHostedService>())
        {
            await service.StartAsync(Stop);
        }

        await provider.GetRequiredService<IMediaServer>().OpenRoomAsync(Room, Stop);
        return provider;
    }

    private static async Task PublishAsync(IMediaServer media, Guest guest, string codec, string encodings)
    {
        await media.JoinAsync(Room, new ParticipantInfo("sender", null), null, Stop);
        var offer = await guest.Page.EvaluateAsync<string>($"layered.publish('{codec}', {encodings})");
        var answer = await media.PublishAsync(Room, "sender", offer, new Dictionary<string, string>(StringComparer.Ordinal) { ["0"] = "camera" }, Stop);
        await guest.Page.EvaluateAsync("sdp => layered.answer('publisher', sdp)", answer.Sdp);
    }

    private static async Task ViewAsync(IMediaServer media, Guest guest)
    {
        await media.JoinAsync(Room, new ParticipantInfo("viewer", null), null, Stop);
        var answer = await media.SubscribeByOfferAsync(Room, "viewer", await guest.Page.EvaluateAsync<string>("layered.view()"), "camera", Stop);
        await guest.Page.EvaluateAsync("sdp => layered.answer('viewer', sdp)", answer.Sdp);
    }

    /// <summary>Waits until the picture has this size and has gone on for some frames since.</summary>
    private static async Task SeesAsync(IMediaServer media, Guest guest, int height)
    {
        var before = -1.0;
        await Eventually.TrueAsync(
            async () =>
            {
                var received = await guest.Page.EvaluateAsync<JsonElement>("layered.received()");
                var decoded = received.GetProperty("decoded").GetDouble();
                if (received.GetProperty("height").GetInt32() != height)
                {
                    before = -1;
                    return false;
                }

                before = before < 0 ? decoded : before;
                return decoded >= before + 10;
            },
            async () => $"{height} lines; sent: {await guest.Page.EvaluateAsync<string>("layered.sent()")}; received: {await guest.Page.EvaluateAsync<string>("layered.received().then(JSON.stringify)")}; server: {JsonSerializer.Serialize(await media.GetStatisticsAsync(Room, Stop))}");
    }

    private static string Script()
    {
        using var reader = new StreamReader(typeof(LayerTests).Assembly.GetManifestResourceStream("layers.js")!);
        return reader.ReadToEnd();
    }
}
