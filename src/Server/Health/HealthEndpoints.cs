namespace Classroom.Server.Health;

/// <summary>/healthz: the process lives. /readyz: it may get traffic, and if not, what is missing.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Results.Text("ok")).AllowAnonymous();
        app.MapGet("/readyz", ReplyAsync).AllowAnonymous();
    }

    private static async Task<IResult> ReplyAsync(IEnumerable<IReadyCheck> checks, CancellationToken cancellationToken)
    {
        var problems = new Dictionary<string, string>();
        foreach (var check in checks)
        {
            if (await ProblemAsync(check, cancellationToken) is { } problem)
            {
                problems[check.Name] = problem;
            }
        }

        return Results.Json(
            new { status = problems.Count == 0 ? "ready" : "not ready", problems },
            statusCode: problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string?> ProblemAsync(IReadyCheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.ProblemAsync(cancellationToken).WaitAsync(s_patience, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return error is TimeoutException ? "no answer in time" : error.GetType().Name;
        }
    }
}
