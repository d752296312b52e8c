using Classroom.MediaServer;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Classroom.Signaling.Live;

/// <summary>Tells pages the code of a refusal; everything else stays an error that only the log explains.</summary>
internal sealed partial class RefusalFilter(ILogger<RefusalFilter> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Refusal refusal)
        {
            throw Refuse(invocationContext.HubMethodName, refusal.Code, refusal);
        }
        catch (MediaException exception)
        {
            throw Refuse(invocationContext.HubMethodName, exception.Code, exception);
        }
    }

    private HubException Refuse(string method, string code, Exception reason)
    {
        Log.Refused(logger, method, code);
        return new HubException(code, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Method} was refused: {Code}.")]
        public static partial void Refused(ILogger logger, string method, string code);
    }
}
