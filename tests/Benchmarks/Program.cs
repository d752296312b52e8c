using System.Reflection;
using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/Benchmarks -- --filter '*Srtp*' --inProcess
BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
