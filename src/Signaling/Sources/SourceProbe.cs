using Classroom.Signaling.Contracts;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Sources;

/// <summary>Looks at an appliance's stream: what it is, and whether it can go on as it is.</summary>
internal sealed class SourceProbe(IOptions<SignalingOptions> options, TimeProvider time)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(8);

    public async Task<SourceTestReply> LookAsync(SourceAddress address, CancellationToken cancellationToken)
    {
        await using var program = await SourceProgram.StartAsync(
            options.Value.FfprobePath, [.. SourceInput.Arguments(address), "-print_format", "json", "-show_streams"], address);
        if (program is null)
        {
            return new SourceTestReply(null, "no_ffmpeg");
        }

        using var patience = new CancellationTokenSource(s_limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await program.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new SourceTestReply(null, "unreachable");
        }

        if (program.HasFailed)
        {
            return new SourceTestReply(null, SourceReading.TroubleIn(await program.Errors));
        }

        return SourceReading.Read(await program.Output) is { } format ? new SourceTestReply(format, null) : new SourceTestReply(null, "no_media");
    }
}
