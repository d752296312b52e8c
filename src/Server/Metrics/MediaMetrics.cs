using System.Globalization;
using Classroom.MediaServer;

namespace Classroom.Server.Metrics;

/// <summary>The counters of the media plane.</summary>
internal sealed class MediaMetrics(IMediaMetrics media) : IMetricSource
{
    public Task WriteAsync(MetricsText text, CancellationToken cancellationToken)
    {
        var counters = media.Snapshot();
        text.Gauge("classroom_media_rooms", "Open rooms.").Sample("classroom_media_rooms", counters.Rooms);
        text.Gauge("classroom_media_transports", "Connections of browsers and equipment.").Sample("classroom_media_transports", counters.Transports);
        text.Gauge("classroom_media_tcp_connections", "TCP connections to the media port.").Sample("classroom_media_tcp_connections", counters.Streams);
        Total(text, "classroom_media_datagrams_in_total", "Datagrams received.", counters.DatagramsIn);
        Total(text, "classroom_media_bytes_in_total", "Bytes received.", counters.BytesIn);
        Total(text, "classroom_media_packets_out_total", "Packets sent.", counters.PacketsOut);
        Total(text, "classroom_media_bytes_out_total", "Bytes sent.", counters.BytesOut);
        Total(text, "classroom_media_messages_out_total", "Messages handed to the system; one may hold a run of packets.", counters.MessagesOut);
        Total(text, "classroom_media_repeated_total", "Packets sent again on request.", counters.Repeated);
        Total(text, "classroom_media_repaired_total", "Lost packets that publishers sent again (RTX).", counters.Repaired);
        Total(text, "classroom_media_repaired_in_vain_total", "Packets that publishers sent again for nothing.", counters.RepairedInVain);
        Total(text, "classroom_media_brought_back_total", "Lost packets of sound that a later packet brought along (RED).", counters.BroughtBack);
        Total(text, "classroom_media_send_errors_total", "Packets that the system refused.", counters.SendErrors);
        Total(text, "classroom_media_runs_refused_total", "Runs that the system did not take.", counters.RunsRefused);
        WriteLoops(text, counters.Loops);
        text.Counter("classroom_media_refused_total", "Datagrams dropped, by reason.");
        foreach (var (reason, count) in counters.Refused)
        {
            text.Sample("classroom_media_refused_total", count, "reason", reason.ToString());
        }

        return Task.CompletedTask;
    }

    private static void WriteLoops(MetricsText text, IReadOnlyList<LoopFigures> loops)
    {
        text.Gauge("classroom_media_loop_busy_ratio", "Share of a core that a media thread takes, where there are several.");
        Each(text, "classroom_media_loop_busy_ratio", loops, l => l.Busy);
        text.Counter("classroom_media_loop_packets_out_total", "Packets sent by a media thread.");
        Each(text, "classroom_media_loop_packets_out_total", loops, l => l.PacketsOut);
        text.Counter("classroom_media_loop_relayed_total", "Packets of large lessons that a media thread passed to others for the viewers there.");
        Each(text, "classroom_media_loop_relayed_total", loops, l => l.Relayed);
    }

    private static void Each(MetricsText text, string name, IReadOnlyList<LoopFigures> loops, Func<LoopFigures, double> value)
    {
        for (var i = 0; i < loops.Count; i++)
        {
            text.Sample(name, value(loops[i]), "loop", i.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Total(MetricsText text, string name, string help, long value) => text.Counter(name, help).Sample(name, value);
}
