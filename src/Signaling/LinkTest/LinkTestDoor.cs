using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Tokens;
using Microsoft.AspNetCore.Http;

namespace Classroom.Signaling.LinkTest;

/// <summary>Lets in who is signed in, and stations by their device tokens; nobody else.</summary>
internal sealed class LinkTestDoor(JoinTokens tokens) : IEndpointFilter
{
    private static readonly object Key = new();

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var who = Caller.From(http.User)?.AccountId ?? await tokens.ReadDeviceAsync(JoinTokenHandler.BearerOf(http.Request));
        if (who is null)
        {
            return ApiProblem.Unauthorized("not_signed_in", "Please sign in.");
        }

        http.Items[Key] = who;
        return await next(context);
    }

    /// <summary>Account or classroom id.</summary>
    public static string WhoIs(HttpContext http) => (string)http.Items[Key]!;
}
