using Classroom.Data;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Tests.Live;

public sealed class RecordingTroubleTests
{
    [Fact]
    public async Task The_teacher_sees_before_the_bell_that_the_disk_is_low_and_later_comers_see_it_too()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        school.Get<IRecordingAlarm>().Report("lesson-1", IRecordingAlarm.DiskLow);
        await teacher.SeesAsync("recording.trouble", body => body.GetProperty("code").GetString() == "disk_low");

        var late = await school.JoinAsync("lesson-1", LessonRole.Observer);
        await late.SeesAsync("recording.trouble", body => body.GetProperty("code").GetString() == "disk_low");
    }

    [Fact]
    public async Task A_trouble_is_said_once_and_so_is_its_end()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var alarm = school.Get<IRecordingAlarm>();
        foreach (var trouble in new[] { null, IRecordingAlarm.DiskFull, IRecordingAlarm.DiskFull, null })
        {
            alarm.Report("lesson-1", trouble);
        }

        await teacher.SeesAsync("recording.trouble", body => body.GetProperty("code").ValueKind == System.Text.Json.JsonValueKind.Null);
        Assert.Equal(2, teacher.Events.Count(e => e.Kind == "recording.trouble"));
    }

    [Fact]
    public async Task Trouble_of_a_lesson_that_is_not_open_harms_nobody()
    {
        await using var school = await TestSchool.OpenAsync();
        var alarm = school.Get<IRecordingAlarm>();
        alarm.Report("nothing", IRecordingAlarm.DiskFull);
        var teacher = await school.OpenLessonAsync();
        alarm.Report("lesson-1", IRecordingAlarm.DiskFull);
        await teacher.SeesAsync("recording.trouble");
    }
}
