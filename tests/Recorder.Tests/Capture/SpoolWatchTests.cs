using Classroom.Data;
using Classroom.Recorder.Capture;
using Classroom.TestKit;
using Microsoft.Extensions.Logging;

namespace Classroom.Recorder.Tests.Capture;

public sealed class SpoolWatchTests : IRecordingAlarm
{
    private readonly List<string> _told = [];
    private readonly ManualTime _time = new();
    private readonly Lines _logger = new();
    private readonly SpoolWatch _watch;
    private long _free = SpoolWatch.LowBytes;

    public SpoolWatchTests() => _watch = new SpoolWatch(() => _free, this, _time, _logger);

    void IRecordingAlarm.Report(string lessonId, string? trouble) => _told.Add($"{lessonId}: {trouble ?? "well"}");

    [Fact]
    public void Low_space_is_told_before_the_bell_and_once()
    {
        _free = SpoolWatch.LowBytes - 1;
        _watch.Look(["a", "b"]);
        _watch.Look(["a", "b"]);

        Assert.Equal(["a: disk_low", "b: disk_low"], _told);
    }

    [Fact]
    public void Low_space_is_in_the_log_before_there_is_a_lesson_and_again_when_it_is_low_again()
    {
        _watch.Look([]);
        Assert.Empty(_logger.All);
        foreach (var free in new[] { 0, 0, SpoolWatch.LowBytes, 0 })
        {
            _free = free;
            _watch.Look([]);
        }

        Assert.Equal(2, _logger.All.Count);
        Assert.Empty(_told);
    }

    [Fact]
    public void A_refused_file_is_told_at_once_and_until_no_file_is_refused_any_more()
    {
        _watch.Look(["a"]);
        _watch.Refused("a");
        _time.Advance(TimeSpan.FromSeconds(5));
        _watch.Refused("a");
        _time.Advance(TimeSpan.FromSeconds(10));
        _watch.Look(["a"]);
        _time.Advance(TimeSpan.FromSeconds(5));
        _watch.Look(["a"]);

        Assert.Equal(["a: well", "a: disk_full", "a: well"], _told);
    }

    [Fact]
    public void A_lesson_that_is_over_is_forgotten_and_a_new_one_is_told_how_it_is()
    {
        _watch.Refused("a");
        _watch.Look([]);
        _watch.Look(["a"]);

        Assert.Equal(["a: disk_full", "a: well"], _told);
    }

    private sealed class Lines : ILogger
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add(formatter(state, exception));
    }
}
