using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.Signaling.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Signaling.LinkTest;

/// <summary>
/// Lets a page measure its line to this server before a lesson: bytes down, bytes up, and what the server's end of the
/// connection has seen. For those who are signed in, and for stations; bounded in size, number and pace.
/// </summary>
internal static class LinkTestEndpoints
{
    private const int MostDownBytes = 2_048 * 1024;
    private const int MostUpBytes = 1_024 * 1024;
    private const int ChunkBytes = 16 * 1024;
    private static readonly byte[] Noise = MakeNoise();

    public static void Map(IEndpointRouteBuilder app)
    {
        var tests = app.MapGroup("/api/link-test").AddEndpointFilter<LinkTestDoor>();
        tests.MapGet("down", DownAsync).AllowAnonymous();
        tests.MapPost("up", UpAsync).AllowAnonymous();
        tests.MapGet("line", Line).AllowAnonymous();
    }

    private static async Task<IResult> DownAsync(int? bytes, HttpContext context, LinkTestGate gate, CancellationToken ct)
    {
        if (bytes is not { } size || size is < 1 or > MostDownBytes)
        {
            return ApiProblem.BadRequest("bad_size", $"1 to {MostDownBytes} bytes.");
        }

        using var turn = gate.TryEnter(LinkTestDoor.WhoIs(context));
        if (turn is null)
        {
            return Busy();
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = size;
        context.Response.Headers.CacheControl = "no-store";
        for (var left = size; left > 0; left -= ChunkBytes)
        {
            await context.Response.Body.WriteAsync(Noise.AsMemory(0, Math.Min(left, ChunkBytes)), ct);
        }

        return Results.Empty;
    }

    private static async Task<IResult> UpAsync(HttpContext context, LinkTestGate gate, CancellationToken ct)
    {
        if (context.Request.ContentLength is not (> 0 and <= MostUpBytes))
        {
            return ApiProblem.BadRequest("bad_size", $"1 to {MostUpBytes} bytes.");
        }

        using var turn = gate.TryEnter(LinkTestDoor.WhoIs(context));
        if (turn is null)
        {
            return Busy();
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostUpBytes;
        }

        var buffer = new byte[ChunkBytes];
        while (await context.Request.Body.ReadAsync(buffer, ct) > 0)
        {
            // Only their arrival counts.
        }

        return Results.NoContent();
    }

    private static IResult Line(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Ok(context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket ? TcpLine.Read(socket) : new LinkEnd(null, null));
    }

    private static ApiProblem Busy() => ApiProblem.TooMany("link_test_busy", "Other lines are being tested just now. Please try again in a moment.");

    // Nothing on the way can make it smaller.
    private static byte[] MakeNoise()
    {
        var noise = new byte[ChunkBytes];
        Random.Shared.NextBytes(noise);
        return noise;
    }
}
