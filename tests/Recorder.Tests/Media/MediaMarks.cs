using System.Globalization;
using System.Text.RegularExpressions;

namespace Classroom.Recorder.Tests.Media;

/// <summary>Finds when flashes and beeps of <see cref="SourceMedia"/> begin in a file, in milliseconds of the file's time.</summary>
internal static partial class MediaMarks
{
    public static List<double> Flashes(string path) =>
        Rises(Tool.Ffmpeg($"-copyts -i {path} -map 0:v:0 -vf signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=- -f null -"), threshold: 180);

    public static List<double> Beeps(string path) =>
        Rises(Tool.Ffmpeg($"-copyts -i {path} -map 0:a:0 -af asetnsamples=240,astats=metadata=1:reset=1,ametadata=print:key=lavfi.astats.Overall.RMS_level:file=- -f null -"), threshold: -25);

    // Lines in pairs: "frame:3 pts:120 pts_time:0.12", "lavfi.signalstats.YAVG=235".
    private static List<double> Rises(string output, double threshold)
    {
        var rises = new List<double>();
        var wasHigh = false;
        foreach (Match match in Line().Matches(output))
        {
            var isHigh = double.TryParse(match.Groups["value"].Value, CultureInfo.InvariantCulture, out var value) && value > threshold;
            if (isHigh && !wasHigh)
            {
                rises.Add(double.Parse(match.Groups["time"].Value, CultureInfo.InvariantCulture) * 1000);
            }

            wasHigh = isHigh;
        }

        return rises;
    }

    [GeneratedRegex(@"pts_time:(?<time>-?[\d.]+)\s+lavfi\.[\w.]+=(?<value>-?[\w.]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Line();
}
