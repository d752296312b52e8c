using System.Threading.Channels;
using Classroom.MediaServer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classroom.Signaling.Live;

/// <summary>Carries what the media loops report into the lessons' timelines, without holding the loops up.</summary>
internal sealed partial class MediaBridge(IMediaServer media, LessonRooms rooms, ILogger<MediaBridge> logger) : BackgroundService, IRoomObserver
{
    private readonly Channel<(PublicationInfo Publication, bool IsAdded)> _reports =
        Channel.CreateBounded<(PublicationInfo, bool)>(new BoundedChannelOptions(16_384) { SingleReader = true });

    public void OnRoomOpened(string roomId)
    {
    }

    public void OnRoomClosed(string roomId)
    {
    }

    public void OnRecording(string roomId, RecordingSwitch recording)
    {
    }

    public void OnPublicationAdded(PublicationInfo publication) => Put(publication, isAdded: true);

    public void OnPublicationRemoved(PublicationInfo publication) => Put(publication, isAdded: false);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var observation = media.Observe(this);
        await foreach (var (publication, isAdded) in _reports.Reader.ReadAllAsync(stoppingToken))
        {
            if (rooms.Find(publication.RoomId) is not { } room)
            {
                continue;
            }

            try
            {
                await (isAdded ? room.PublicationAddedAsync(publication) : room.PublicationRemovedAsync(publication));
            }
            catch (Refusal refusal)
            {
                Log.Lost(logger, publication.RoomId, publication.Id, refusal.Code);
            }
        }
    }

    private void Put(PublicationInfo publication, bool isAdded)
    {
        if (!_reports.Writer.TryWrite((publication, isAdded)))
        {
            Log.Lost(logger, publication.RoomId, publication.Id, Refusal.Busy);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Lesson {LessonId}: publication {PublicationId} did not reach the timeline ({Code}).")]
        public static partial void Lost(ILogger logger, string lessonId, string publicationId, string code);
    }
}
