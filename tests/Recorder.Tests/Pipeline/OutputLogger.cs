using Microsoft.Extensions.Logging;

namespace Classroom.Recorder.Tests.Pipeline;

/// <summary>What the part under test logs, among the test's own output.</summary>
internal sealed class OutputLogger<T> : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        TestContext.Current.TestOutputHelper?.WriteLine(formatter(state, exception));
}
