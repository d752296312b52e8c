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
        text.Counter("classroom_media_refused_total", "Datagrams dropped, by reason.");
        foreach (var (reason, count) in counters.Refused)
        {
            text.Sample("classroom_media_refused_total", count, "reason", reason.ToString());
        }

        return Task.CompletedTask;
    }

    private static void Total(MetricsText text, string name, string help, long value) => text.Counter(name, help).Sample(name, value);
}
