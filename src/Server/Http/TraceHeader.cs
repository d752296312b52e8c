using System.Diagnostics;

namespace Classroom.Server.Http;

/// <summary>Gives the trace id of the request back; a traceparent header sent by a caller (W3C Trace Context) is continued by ASP.NET Core.</summary>
internal static class TraceHeader
{
    public static void UseTraceHeader(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (Activity.Current is { } activity)
        {
            context.Response.Headers["X-Trace-Id"] = activity.TraceId.ToString();
        }

        return next(context);
    });
}
