using Classroom.Recorder.Tests.Kills;
using Xunit.Runner.InProc.SystemConsole;

namespace Classroom.Recorder.Tests;

/// <summary>The tests; or, named by the first argument, one of the programs that they kill.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [WriterProcess.Name, var folder] => WriterProcess.RunAsync(folder),
        [WorkerProcess.Name, var settings] => WorkerProcess.RunAsync(settings),
        _ => ConsoleRunner.Run(args),
    };
}
