using Classroom.MediaServer;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.Signaling.Tokens;

namespace Classroom.Signaling.Sources;

/// <summary>An appliance's place in a lesson: a station of its classroom, without a page.</summary>
internal sealed class SourceGuest(SourceOrder order, LessonRoom room, IMediaServer media) : IParticipantListener
{
    private bool _hasJoined;
    private volatile bool _isRemoved;

    /// <summary>The teacher has sent it away.</summary>
    public bool IsRemoved => _isRemoved;

    /// <summary>Comes into the lesson if it is not there, and begins to publish.</summary>
    /// <exception cref="Refusal">The lesson does not take it.</exception>
    public async Task<IMediaFeed> PublishAsync(SourceFormat format, CancellationToken cancellationToken)
    {
        if (!_hasJoined)
        {
            var grant = new JoinGrant(room.Id, LessonRole.Station, order.Key.ClassroomId, order.ParticipantId, order.Name);
            await room.JoinHeadlessAsync(new Arrival(grant, order.Name, LastSeq: 0, Pupil: null, Outbox: null, Headless: this));
            _hasJoined = true;
        }

        MediaKind[] kinds = [.. format.VideoCodec is null ? (MediaKind[])[] : [MediaKind.Video], .. format.AudioCodec is null ? (MediaKind[])[] : [MediaKind.Audio]];
        return await media.FeedAsync(room.Id, order.ParticipantId, order.Key.Seat.ToString(), kinds, cancellationToken);
    }

    public async Task LeaveAsync()
    {
        if (!_hasJoined)
        {
            return;
        }

        try
        {
            await room.LeaveAsync(order.ParticipantId, this);
        }
        catch (Refusal)
        {
            // The lesson is over, and everyone has left it.
        }
    }

    public void OnSubscribeOffer(int revision, string sdp, IReadOnlyDictionary<string, string> tracks)
    {
        // It watches nothing.
    }

    public void OnTransportState(TransportKind kind, TransportState state) => _isRemoved |= state == TransportState.Closed;
}
