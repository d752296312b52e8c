using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Running;
using Classroom.Benchmarks;
using Classroom.Benchmarks.Catalogue;
using Classroom.Benchmarks.Lesson;
using Classroom.TestKit;

// dotnet run -c Release --project tests/Benchmarks -- ladder
if (args is ["ladder"])
{
    await LadderBenchmark.RunAsync(CancellationToken.None);
    return;
}

// taskset -c 1 dotnet run -c Release --project tests/Benchmarks -- lesson
if (args is ["lesson"])
{
    await LessonBenchmark.RunAsync(CancellationToken.None);
    return;
}

// dotnet run -c Release --project tests/Benchmarks -- catalogue Sqlite 1000000
if (args is ["catalogue", var provider, var courses])
{
    await CatalogueBenchmark.RunAsync(Enum.Parse<TestProvider>(provider), int.Parse(courses, CultureInfo.InvariantCulture), CancellationToken.None);
    return;
}

// dotnet run -c Release --project tests/Benchmarks -- network docs
if (args is ["network", var docs])
{
    NetworkBenchmark.Run(docs);
    return;
}

// dotnet run -c Release --project tests/Benchmarks -- --filter '*Srtp*' --inProcess
BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
