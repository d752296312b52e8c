using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Classroom.Data.Http;

/// <summary>
/// A refused request as pages expect it: <c>{ code, message, traceId, fields }</c>. The code is stable and translated by
/// pages, the message is plain words, the trace id is what a user reads out.
/// </summary>
public sealed class ApiProblem(int status, string code, string message, IReadOnlyList<ApiProblemField>? fields = null) : IResult
{
    public int Status => status;

    public string Code => code;

    public static ApiProblem BadRequest(string code, string message, params IReadOnlyList<ApiProblemField> fields) => new(StatusCodes.Status400BadRequest, code, message, fields);

    public static ApiProblem Unauthorized(string code, string message) => new(StatusCodes.Status401Unauthorized, code, message);

    public static ApiProblem Forbidden(string code, string message) => new(StatusCodes.Status403Forbidden, code, message);

    public static ApiProblem NotFound(string code, string message) => new(StatusCodes.Status404NotFound, code, message);

    public static ApiProblem Conflict(string code, string message) => new(StatusCodes.Status409Conflict, code, message);

    public static ApiProblem Unprocessable(string code, string message) => new(StatusCodes.Status422UnprocessableEntity, code, message);

    public static ApiProblem TooMany(string code, string message) => new(StatusCodes.Status429TooManyRequests, code, message);

    public static ApiProblem Unavailable(string code, string message) => new(StatusCodes.Status503ServiceUnavailable, code, message);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        var traceId = Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier;
        var body = new Body(code, message, traceId, fields is { Count: > 0 } ? fields : null);
        return httpContext.Response.WriteAsJsonAsync(body, httpContext.RequestAborted);
    }

    private sealed record Body(string Code, string Message, string TraceId, IReadOnlyList<ApiProblemField>? Fields);
}

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">Its name in the request, with places in lists: <c>edit.clips[0].seats</c>.</param>
/// <param name="Message">Plain words, for logs and other programs.</param>
/// <param name="Code">What pages translate, where a field can be wrong in several ways; empty where its name says enough.</param>
public sealed record ApiProblemField(string Field, string Message, string Code = "");
