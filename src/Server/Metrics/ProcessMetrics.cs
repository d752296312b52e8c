using System.Diagnostics;

namespace Classroom.Server.Metrics;

/// <summary>CPU, memory and threads of this process.</summary>
internal sealed class ProcessMetrics : IMetricSource
{
    public Task WriteAsync(MetricsText text, CancellationToken cancellationToken)
    {
        using var process = Process.GetCurrentProcess();
        text.Counter("process_cpu_seconds_total", "CPU time.").Sample("process_cpu_seconds_total", process.TotalProcessorTime.TotalSeconds);
        text.Gauge("process_resident_memory_bytes", "Resident memory.").Sample("process_resident_memory_bytes", process.WorkingSet64);
        text.Gauge("process_threads", "Threads of the system.").Sample("process_threads", process.Threads.Count);
        text.Gauge("process_start_time_seconds", "Start, as seconds since 1970.")
            .Sample("process_start_time_seconds", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        text.Gauge("dotnet_gc_heap_bytes", "Managed heap.").Sample("dotnet_gc_heap_bytes", GC.GetTotalMemory(forceFullCollection: false));
        text.Counter("dotnet_gc_collections_total", "Garbage collections.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Sample("dotnet_gc_collections_total", GC.CollectionCount(generation), "generation", generation.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        text.Counter("dotnet_allocated_bytes_total", "Managed bytes allocated.").Sample("dotnet_allocated_bytes_total", GC.GetTotalAllocatedBytes());
        return Task.CompletedTask;
    }
}
