namespace Classroom.Recorder.Pipeline;

/// <summary>Turns what FFmpeg printed last into words for the job's author.</summary>
internal static class FfmpegErrors
{
    // The cause comes first; what follows from it comes after.
    private const int MostLines = 3;

    public static PipelineException Explain(int exitCode, IReadOnlyCollection<string> lastLines)
    {
        var text = string.Join('\n', lastLines);
        if (Has("No space left on device"))
        {
            return new PipelineException("The disk is full. Free some space, then try again.", retry: true, code: "disk_full");
        }

        if (Has("Invalid data found when processing input") || Has("moov atom not found"))
        {
            return new PipelineException("This file is not a video that can be read.", retry: false, code: "broken_file");
        }

        if (Has("Permission denied"))
        {
            return new PipelineException("The work folder may not be written. Check its owner.", retry: false, code: "work_folder");
        }

        return new PipelineException($"FFmpeg ended with code {exitCode}: {(lastLines.Count > 0 ? string.Join(" / ", lastLines.Take(MostLines)) : "it said nothing")}", retry: true, code: "encoder_failed");

        bool Has(string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
    }
}
