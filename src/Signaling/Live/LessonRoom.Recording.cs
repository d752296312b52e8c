using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live;

// Whether the lesson is recorded, and whether that works.
internal sealed partial class LessonRoom
{
    private const int LongestReason = 100;

    public Task<Ack> PauseRecordingAsync(string who, string key, string? reason) => CommandAsync(who, key, _ =>
    {
        DemandRecording("on");
        var clean = Arrival.Clean(reason, LongestReason) is { Length: > 0 } given ? given : throw new Refusal(Refusal.BadRequest);
        Change(lesson => lesson.RecordingPausedReason = clean);
        SwitchRecording(isOn: false, clean);
        return Emit(who, EventKinds.Recording, new RecordingBody("paused", clean), key: key);
    });

    public Task<Ack> ResumeRecordingAsync(string who, string key) => CommandAsync(who, key, _ =>
    {
        DemandRecording("paused");
        Change(lesson => lesson.RecordingPausedReason = null);
        SwitchRecording(isOn: true, reason: null);
        return Emit(who, EventKinds.Recording, new RecordingBody("on", null), key: key);
    });

    /// <summary>The recorder is in trouble, or out of it again: everyone sees it at the lamp.</summary>
    /// <param name="trouble">A code of <see cref="IRecordingAlarm"/>; null when all is well.</param>
    public Task RecordingTroubleAsync(string? trouble) => AskAsync(() =>
        !IsOver && !_lesson.IsAlwaysOpen && _state.Trouble != trouble ? Emit(TimelineEntry.Server, EventKinds.Trouble, new TroubleBody(trouble)) : 0);

    private void DemandRecording(string state)
    {
        if (_lesson.State != LessonState.Live || _state.Recording != state)
        {
            throw new Refusal(_lesson.State == LessonState.Live ? Refusal.BadRequest : Refusal.NotLive);
        }
    }

    private void SwitchRecording(bool isOn, string? reason)
    {
        var zero = new DateTimeOffset(_lesson.StartedAt!.Value, TimeSpan.Zero);
        _effects.Add(() => _services.Media.SetRecordingAsync(Id, new RecordingSwitch(isOn, zero, reason), CancellationToken.None));
    }
}
