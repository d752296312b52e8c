using System.Diagnostics;
using System.Globalization;
using System.Text;
using Classroom.Rtc.Sdp;

namespace Classroom.Rtc.Tests.Sdp;

/// <summary>Offers as long as they may be, written to cost as much as they can. What they cost is bounded in bytes, which does not depend on the machine.</summary>
public sealed class HostileOfferTests
{
    private const int MostBytes = 8 * 1024 * 1024;

    /// <summary>Each line is for every format of its section.</summary>
    [Fact]
    public void Feedback_for_all_formats_costs_little() => Costs(Fill(128, "a=rtcp-fb:* nack\r\n"));

    [Fact]
    public void Maps_of_other_formats_cost_little() => Costs(Fill(128, "a=rtpmap:0 x/1\r\n"));

    [Fact]
    public void Feedback_of_one_format_costs_little() => Costs(Fill(128, "a=rtcp-fb:96 nack\r\n"));

    [Fact]
    public void The_shortest_lines_cost_little() => Costs(Fill(1, "a=b\n"));

    [Fact]
    public void Sources_cost_little() => Costs(Fill(1, "a=ssrc-group:FID 1 2\r\n"));

    [Fact]
    public void More_lines_than_any_browser_writes_are_refused()
    {
        var offer = Offers.Session + Offers.Transport + string.Concat(Enumerable.Repeat("m=audio 9 x 0\r\n" + string.Concat(Enumerable.Repeat("a=b\n", 1000)), 20));
        Assert.False(SdpDocument.TryParse(offer, out _));
    }

    private static void Costs(string offer)
    {
        var wasRead = RemoteDescription.TryParse(offer, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        Assert.Equal(wasRead, RemoteDescription.TryParse(offer, out _));
        watch.Stop();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{offer.Length} characters: {watch.Elapsed.TotalMilliseconds:0.0} ms, {bytes / 1024} kB");
        Assert.True(bytes < MostBytes, $"{bytes / 1024} kB");
    }

    private static string Fill(int formats, string line)
    {
        var text = new StringBuilder(Offers.Session + Offers.Transport);
        var types = string.Join(' ', Enumerable.Range(0, formats));
        for (var section = 0; text.Length < SdpDocument.MaxLength; section++)
        {
            text.Append(CultureInfo.InvariantCulture, $"m=video 9 UDP/TLS/RTP/SAVPF {types}\r\na=mid:{section}\r\na=rtpmap:96 VP8/90000\r\n");
            for (var i = 0; i < 1000; i++)
            {
                text.Append(line);
            }
        }

        text.Length = SdpDocument.MaxLength;
        return text.ToString()[..(text.ToString().LastIndexOf('\n') + 1)];
    }
}
