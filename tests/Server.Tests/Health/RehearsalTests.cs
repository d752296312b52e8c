using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Server.Health;
using Classroom.Signaling.Rehearsals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Server.Tests.Health;

/// <summary>What the server does by itself after its start, so that nobody's join is the first.</summary>
public sealed class RehearsalTests
{
    [Fact]
    public async Task The_server_has_joined_a_room_as_sender_and_as_viewer_before_it_is_ready()
    {
        await using var host = await ServerHost.BuildAsync();
        var rooms = new SeenRooms();
        using var watch = host.App.Services.GetRequiredService<IMediaServer>().Observe(rooms);
        await host.StartAsync();

        // Sound and picture of one sender were there and are gone: WHIP, WHEP and both goodbyes were answered.
        Assert.Equal(["opened", "added Audio", "added Video", "removed Audio", "removed Video", "closed"], rooms.Seen);
        var check = Assert.Single(host.App.Services.GetServices<IReadyCheck>().OfType<RehearsalCheck>());
        Assert.Null(await check.ProblemAsync(TestContext.Current.CancellationToken));
        Assert.True(host.App.Services.GetRequiredService<IRehearsal>().HasSucceeded);
    }

    [Fact]
    public async Task Nothing_of_it_stays()
    {
        await using var host = await ServerHost.StartAsync();
        await using var db = host.App.Services.GetRequiredService<IClassroomDbFactory>().Create();
        Assert.Equal(0, await db.Lessons.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await db.Timeline.CountAsync(TestContext.Current.CancellationToken));
        var media = host.App.Services.GetRequiredService<IMediaMetrics>().Snapshot();
        Assert.Equal((0, 0), (media.Rooms, media.Transports));
    }

    private sealed class SeenRooms : IRoomObserver
    {
        private readonly List<string> _seen = [];

        public IReadOnlyList<string> Seen
        {
            get
            {
                lock (_seen)
                {
                    return [.. _seen];
                }
            }
        }

        public void OnRoomOpened(string roomId) => Add("opened");

        public void OnRoomClosed(string roomId) => Add("closed");

        public void OnRecording(string roomId, RecordingSwitch recording) => Add("recording");

        public void OnPublicationAdded(PublicationInfo publication) => Add($"added {publication.Kind}");

        public void OnPublicationRemoved(PublicationInfo publication) => Add($"removed {publication.Kind}");

        public void OnSpeaker(PublicationInfo publication) => Add("speaker");

        private void Add(string what)
        {
            lock (_seen)
            {
                _seen.Add(what);
            }
        }
    }
}
