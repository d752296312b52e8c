using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Tests.Support;

namespace Classroom.MediaServer.Tests.Branches;

/// <summary>Reads a viewer's pictures and sound, and that none is missing, doubled or moved.</summary>
internal sealed class Watch(TestPeer viewer)
{
    private int _pictures;
    private int _sounds;
    private ushort _nextPicture;
    private ushort _nextSound;

    public async Task ReadAsync(int pairs)
    {
        while (_pictures < pairs || _sounds < pairs)
        {
            Take(await viewer.ReceiveRtpAsync());
        }
    }

    private void Take(byte[] data)
    {
        var packet = Packets.Parse(data);
        if (packet.PayloadType == 96)
        {
            _nextPicture = _pictures == 0 ? packet.SequenceNumber : _nextPicture;
            Assert.Equal(_nextPicture++, packet.SequenceNumber);
            Assert.Equal(Packets.Parse(Packets.Video(65_400 + _pictures, key: _pictures == 0, payload: 600 + _pictures)).Payload, packet.Payload[..(600 + _pictures++)]);
            return;
        }

        _nextSound = _sounds == 0 ? packet.SequenceNumber : _nextSound;
        Assert.Equal(_nextSound++, packet.SequenceNumber);
        Assert.Equal((byte)_sounds++, packet.Payload[1]);
    }
}

/// <summary>Holds a loop up while it lasts.</summary>
internal sealed class Gate : IDisposable
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new();

    public Gate(MediaLoop loop) => Assert.True(loop.Commands.TryPost(Hold));

    /// <summary>The loop stands still.</summary>
    public Task Closed => _closed.Task;

    public void Dispose() => _open.SetResult();

    private void Hold()
    {
        _closed.SetResult();
        _open.Task.GetAwaiter().GetResult();
    }
}

/// <summary>A page that takes every offer.</summary>
internal sealed class Page(MediaHost host, string name)
{
    private readonly Listener _listener = new();

    public TestPeer Peer { get; } = new();

    public async Task JoinAsync()
    {
        await host.Media.JoinAsync(MediaHost.Room, new ParticipantInfo(name, null), _listener, TestContext.Current.CancellationToken);
        await host.Media.SubscribeAsync(MediaHost.Room, name, [], TestContext.Current.CancellationToken);
        var offer = await _listener.OfferAsync();
        await host.Media.AnswerSubscribeAsync(MediaHost.Room, name, offer.Revision, Peer.AnswerTo(offer.Sdp), TestContext.Current.CancellationToken);
        await Peer.ConnectAsync(offer.Sdp);
    }

    public async Task SubscribeAsync(string publicationId)
    {
        await host.Media.SubscribeAsync(MediaHost.Room, name, [publicationId], TestContext.Current.CancellationToken);
        Assert.Equal([publicationId], (await SettleAsync()).Values);
    }

    /// <summary>Answers the next offer.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SettleAsync()
    {
        var offer = await _listener.OfferAsync();
        await host.Media.AnswerSubscribeAsync(MediaHost.Room, name, offer.Revision, Peer.AnswerTo(offer.Sdp), TestContext.Current.CancellationToken);
        return offer.Tracks;
    }
}
