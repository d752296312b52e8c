using System.Globalization;
using Classroom.Rtc.Fuzz;

// dotnet run --project tests/Rtc.Fuzz -- --seconds 60 [--target name] [--seed n]; the time is shared by all targets.
var seconds = int.Parse(Option("--seconds") ?? "60", CultureInfo.InvariantCulture);
var seed = int.Parse(Option("--seed") ?? "1", CultureInfo.InvariantCulture);
var name = Option("--target");
var failed = false;

var targets = FuzzTargets.Create().Where(target => name is null || target.Name == name).ToList();
foreach (var target in targets)
{
    using (target)
    {
        var report = FuzzRunner.Run(target, seed, long.MaxValue, TimeSpan.FromSeconds((double)seconds / targets.Count));
        Console.WriteLine(
            $"{report.Target,-12} {report.Inputs,12:N0} inputs {report.Inputs / report.Elapsed.TotalSeconds,10:N0}/s  corpus {report.Corpus,5}  "
            + $"most allocated {report.LargestAllocation,7:N0} B  findings {report.Findings.Count}");
        foreach (var finding in report.Findings)
        {
            Console.WriteLine(finding);
            failed = true;
        }
    }
}

return failed ? 1 : 0;

string? Option(string option)
{
    var index = Array.IndexOf(args, option);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
}
