using System.Reflection;
using BenchmarkDotNet.Running;
using Classroom.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- ladder
if (args is ["ladder"])
{
    await LadderBenchmark.RunAsync(CancellationToken.None);
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
