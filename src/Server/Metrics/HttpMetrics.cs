using System.Diagnostics;

namespace Classroom.Server.Metrics;

/// <summary>Counts requests by method and class of status, and how long they took. Long connections (hubs) are left out of the times.</summary>
internal sealed class HttpMetrics : IMetricSource
{
    private static readonly double[] s_bounds = [0.005, 0.02, 0.1, 0.5, 2, 10];

    private readonly long[] _byStatusClass = new long[6];
    private readonly long[] _byDuration = new long[s_bounds.Length + 1];
    private long _durationTicks;

    public async Task ObserveAsync(HttpContext context, RequestDelegate next)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Increment(ref _byStatusClass[Math.Clamp(context.Response.StatusCode / 100, 0, 5)]);
            if (!context.WebSockets.IsWebSocketRequest)
            {
                ObserveDuration(Stopwatch.GetElapsedTime(start));
            }
        }
    }

    public Task WriteAsync(MetricsText text, CancellationToken cancellationToken)
    {
        text.Counter("classroom_http_requests_total", "Answered requests by class of status.");
        for (var status = 1; status < _byStatusClass.Length; status++)
        {
            text.Sample("classroom_http_requests_total", Interlocked.Read(ref _byStatusClass[status]), "status", $"{status}xx");
        }

        text.Histogram("classroom_http_request_seconds", "Time to answer a request.");
        var total = 0L;
        for (var i = 0; i <= s_bounds.Length; i++)
        {
            total += Interlocked.Read(ref _byDuration[i]);
            var bound = i < s_bounds.Length ? s_bounds[i].ToString("R", System.Globalization.CultureInfo.InvariantCulture) : "+Inf";
            text.Sample("classroom_http_request_seconds_bucket", total, "le", bound);
        }

        text.Sample("classroom_http_request_seconds_sum", TimeSpan.FromTicks(Interlocked.Read(ref _durationTicks)).TotalSeconds);
        text.Sample("classroom_http_request_seconds_count", total);
        return Task.CompletedTask;
    }

    private void ObserveDuration(TimeSpan duration)
    {
        var bucket = Array.FindIndex(s_bounds, bound => duration.TotalSeconds <= bound);
        Interlocked.Increment(ref _byDuration[bucket < 0 ? s_bounds.Length : bucket]);
        Interlocked.Add(ref _durationTicks, duration.Ticks);
    }
}
