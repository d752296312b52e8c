using Classroom.MediaServer;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Signaling.Live;

/// <summary>Tells pages the code of a refusal; everything else stays an error that only the log explains.</summary>
internal sealed class RefusalFilter : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Refusal refusal)
        {
            throw new HubException(refusal.Code, refusal);
        }
        catch (MediaException exception)
        {
            throw new HubException(exception.Code, exception);
        }
    }
}
