using System.Text;
using Classroom.MediaServer;
using Classroom.Rtc.Sdp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>
/// Descriptions on the whole way that a page's or an encoder's take: offered to publish and to view, given as the answer to
/// an offer of the server, sent as a fragment. A refusal must be one that a person can be told of; an answer must be one to
/// the offer (RFC 3264).
/// </summary>
internal sealed class NegotiationTarget : FuzzTarget
{
    private const string Room = "room";

    private static readonly LocalTransport s_corpusServer = new(
        1, 1, "ourufrag", "a password of 24 letters", string.Join(':', Enumerable.Repeat("AB", 32)), "actpass", [new LocalCandidate("192.0.2.1", 5004)]);

    private static readonly Dictionary<string, string> s_groups = new(StringComparer.Ordinal) { ["0"] = "camera", ["1"] = "camera", ["2"] = "screen" };

    private readonly Listener _listener = new();
    private readonly Lazy<ServiceProvider> _services;

    /// <summary>The media plane starts with the first input: targets are also made to be listed.</summary>
    public NegotiationTarget() => _services = new Lazy<ServiceProvider>(Start);

    public override string Name => "negotiation";

    public override IReadOnlyList<byte[]> Corpus { get; } = [.. SdpCorpus.Texts(s_corpusServer).Select(Encoding.UTF8.GetBytes)];

    public override int MaxLength => 8 * 1024;

    public override long AllocationLimit => 4 * 1024 * 1024;

    private IMediaServer Media => _services.Value.GetRequiredService<IMediaServer>();

    public override int Run(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var hash = new HashCode();
        hash.Add(Answer(text, mayReceive: true, () => Media.PublishAsync(Room, "encoder", text, s_groups, CancellationToken.None)));
        hash.Add(Answer(text, mayReceive: false, () => Media.SubscribeByOfferAsync(Room, "player", text, "fixed", CancellationToken.None)));
        hash.Add(Code(() => Media.SubscribeAsync(Room, "page", [], CancellationToken.None)));
        hash.Add(Code(() => Media.AnswerSubscribeAsync(Room, "page", _listener.Revision, text, CancellationToken.None)));
        hash.Add(Code(() => Media.PatchAsync(Room, "encoder", TransportKind.Publish, text, CancellationToken.None)));
        return hash.ToHashCode();
    }

    public override void Dispose()
    {
        if (_services.IsValueCreated)
        {
            Wait(_services.Value.DisposeAsync().AsTask());
        }

        base.Dispose();
    }

    private ServiceProvider Start()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMediaServer(options => (options.Port, options.Loops, options.PublicAddresses) = (0, 1, ["127.0.0.1"]));
        var provider = services.BuildServiceProvider();
        foreach (var service in provider.GetServices<IHostedService>())
        {
            Wait(service.StartAsync(CancellationToken.None));
        }

        var media = provider.GetRequiredService<IMediaServer>();
        Wait(media.OpenRoomAsync(Room, CancellationToken.None));
        foreach (var id in new[] { "camera", "encoder", "player", "page" })
        {
            Wait(media.JoinAsync(Room, new ParticipantInfo(id, null), _listener, CancellationToken.None));
        }

        // What there is to view while offers to publish come and go.
        Wait(media.PublishAsync(Room, "camera", SdpCorpus.Texts(s_corpusServer).First(), new Dictionary<string, string>(StringComparer.Ordinal) { ["0"] = "fixed", ["1"] = "fixed" }, CancellationToken.None));
        return provider;
    }

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    /// <summary>The code of the refusal; empty when there is none.</summary>
    private static string Code(Func<Task> call)
    {
        try
        {
            Wait(call());
            return "";
        }
        catch (MediaException refusal)
        {
            return refusal.Code;
        }
    }

    /// <param name="text">The offer.</param>
    /// <param name="mayReceive">The server is asked to receive; otherwise to send.</param>
    /// <param name="call">Gives the answer.</param>
    private static string Answer(string text, bool mayReceive, Func<Task<SdpAnswer>> call)
    {
        SdpAnswer? answer = null;
        var code = Code(async () => answer = await call());
        if (answer is null)
        {
            Require(code.Length > 0, "Neither an answer nor a refusal.");
            return code;
        }

        Require(RemoteDescription.TryParse(text, out var offer), "What cannot be read was answered.");
        Require(SdpDocument.TryParse(answer.Sdp, out var document), "The answer cannot be read.");
        Require(document.Sections.Count == offer.Sections.Count, "The answer has another number of sections.");
        var shape = new StringBuilder();
        for (var i = 0; i < offer.Sections.Count; i++)
        {
            RequireAnswers(offer.Sections[i], document.Sections[i], mayReceive);
            shape.Append(document.Sections[i].Port == 0 ? '0' : document.Sections[i].Has("inactive") ? '-' : '+');
        }

        return shape.ToString();
    }

    private static void RequireAnswers(RemoteSection offered, SdpSection answered, bool mayReceive)
    {
        Require(answered.Kind == offered.Kind, "A section of another kind.");
        Require(answered.Find("mid") == offered.Mid, "A section of another name.");
        Require(answered.Formats.All(offered.Formats.Contains), "A payload type that was not offered.");
        if (answered.Port == 0)
        {
            return;
        }

        Require(!offered.IsRejected, "A rejected section was taken.");
        Require(answered.Find("setup") == "passive", "The server does not wait for the handshake.");
        var isActive = !answered.Has("inactive");
        Require(answered.Has(mayReceive ? "recvonly" : "sendonly") == isActive, "The answer goes the wrong way.");
        var wanted = mayReceive ? SdpDirection.SendOnly : SdpDirection.RecvOnly;
        Require(!isActive || offered.Direction == wanted || offered.Direction == SdpDirection.SendRecv, "The answer goes a way that was not offered.");
    }

    /// <summary>Remembers which offer is to be answered.</summary>
    private sealed class Listener : IParticipantListener
    {
        private volatile int _revision;

        public int Revision => _revision;

        public void OnSubscribeOffer(int revision, string sdp, IReadOnlyDictionary<string, string> tracks) => _revision = revision;

        public void OnTransportState(TransportKind kind, TransportState state)
        {
        }
    }
}
