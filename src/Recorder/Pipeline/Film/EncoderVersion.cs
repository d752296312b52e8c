using Classroom.Recorder.Documents;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>Which FFmpeg encodes here. Workers of one version share their pieces; those of another make their own.</summary>
internal sealed class EncoderVersion(IOptions<RecorderOptions> options, TimeProvider time)
{
    private const int MostText = 4_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private string? _version;

    /// <exception cref="PipelineException">It is not installed, or does not answer.</exception>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            _version ??= (await BoundedProgram.RunAsync(options.Value.FfmpegPath, ["-version"], Limit, MostText, time, cancellationToken)).Text.Split('\n')[0];
            return _version;
        }
        catch (TimeoutException silent)
        {
            throw new PipelineException("FFmpeg does not answer.", retry: true, silent, "encoder_stalled");
        }
    }
}
