using System.Threading.Channels;
using Classroom.MediaServer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classroom.Signaling.Live;

/// <summary>Carries what the media loops report into the lessons' timelines, without holding the loops up.</summary>
internal sealed partial class MediaBridge(IMediaServer media, LessonRooms rooms, ILogger<MediaBridge> logger) : BackgroundService, IRoomObserver
{
    private readonly Channel<(PublicationInfo Publication, What What)> _reports =
        Channel.CreateBounded<(PublicationInfo, What)>(new BoundedChannelOptions(16_384) { SingleReader = true });

    private enum What
    {
        Added,
        Removed,
        Speaks,
    }

    public void OnRoomOpened(string roomId)
    {
    }

    public void OnRoomClosed(string roomId)
    {
    }

    public void OnRecording(string roomId, RecordingSwitch recording)
    {
    }

    public void OnPublicationAdded(PublicationInfo publication) => Put(publication, What.Added);

    public void OnPublicationRemoved(PublicationInfo publication) => Put(publication, What.Removed);

    public void OnSpeaker(PublicationInfo publication) => Put(publication, What.Speaks);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var observation = media.Observe(this);
        await foreach (var (publication, what) in _reports.Reader.ReadAllAsync(stoppingToken))
        {
            if (rooms.Find(publication.RoomId) is not { } room)
            {
                continue;
            }

            try
            {
                await (what switch
                {
                    What.Added => room.PublicationAddedAsync(publication),
                    What.Removed => room.PublicationRemovedAsync(publication),
                    _ => room.SpeakerAsync(publication),
                });
            }
            catch (Refusal refusal)
            {
                Log.Lost(logger, publication.RoomId, publication.Id, refusal.Code);
            }
        }
    }

    private void Put(PublicationInfo publication, What what)
    {
        if (!_reports.Writer.TryWrite((publication, what)))
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
