using System.Diagnostics;
using Classroom.Signaling.Contracts;
using Microsoft.AspNetCore.Diagnostics;

namespace Classroom.Server.Http;

/// <summary>Every refused or failed call answers with one shape: a code, plain words, and a trace id to read out. Details stay in the log.</summary>
internal static class ErrorReplies
{
    public static void UseErrorReplies(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { AllowStatusCode404Response = true, ExceptionHandler = ReplyToExceptionAsync });
        app.UseStatusCodePages(context => IsApi(context.HttpContext.Request.Path)
            ? WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode)
            : Task.CompletedTask);
    }

    private static Task ReplyToExceptionAsync(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        context.Response.StatusCode = error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        return WriteAsync(context, context.Response.StatusCode);
    }

    private static Task WriteAsync(HttpContext context, int status)
    {
        var (code, message) = Describe(status);
        return context.Response.WriteAsJsonAsync(new ApiError(code, message, TraceId(context), Fields: null), context.RequestAborted);
    }

    private static bool IsApi(PathString path) => path.StartsWithSegments("/api", StringComparison.Ordinal);

    private static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    private static (string Code, string Message) Describe(int status) => status switch
    {
        400 => ("bad_request", "The request could not be read."),
        401 => ("signed_out", "Please sign in."),
        403 => ("not_allowed", "Your account may not do this."),
        404 => ("not_found", "There is nothing at this address."),
        405 => ("bad_method", "This address does not do that."),
        413 => ("too_large", "What was sent is too large."),
        415 => ("bad_type", "This kind of content is not accepted here."),
        429 => ("too_many", "Too many attempts; wait a minute."),
        >= 500 => ("internal", "Something went wrong on the server. The trace id finds it in the log."),
        _ => ("refused", "The request was refused."),
    };
}
