using System.Globalization;

namespace Classroom.EndToEnd.Tests.Lines;

/// <summary>The line of one place: a pair of virtual interfaces that loses packets, narrows, falls silent or is unplugged at a word.</summary>
public sealed class Line
{
    private const string HomeEnd = "outside";

    // A home router's: packets that would wait for longer are dropped.
    private const string LongestWait = "200ms";

    private readonly string _serverSpace;
    private readonly string _serverEnd;
    private readonly string _space;
    private readonly string _host;

    private Line(string serverSpace, string space, int number, string folder)
    {
        (_serverSpace, _space) = (serverSpace, space);
        _serverEnd = string.Create(CultureInfo.InvariantCulture, $"line{number}");
        _host = string.Create(CultureInfo.InvariantCulture, $"198.19.{number}.");
        Browser = Path.Combine(folder, $"chromium-{number}");
    }

    /// <summary>A Chromium that knows no other network than this line.</summary>
    public string Browser { get; }

    /// <summary>The server as this place sees it.</summary>
    public Uri At(Uri server) => new UriBuilder(server) { Host = _host + "1" }.Uri;

    /// <summary>Drops this share of all packets, each way by itself.</summary>
    public Task LoseAsync(int percent) => BothEndsAsync(percent == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"numgen random mod 100 < {percent} drop"));

    /// <summary>Nothing comes through any more, and nobody is told: as when something breaks further away.</summary>
    public Task FallSilentAsync() => BothEndsAsync("drop");

    /// <summary>The cable is out, which the place's own interface sees.</summary>
    public Task UnplugAsync() => SystemTool.IpAsync("-n", _serverSpace, "link", "set", _serverEnd, "down");

    /// <summary>The line is whole again, whatever was done to it.</summary>
    public async Task MendAsync()
    {
        await BothEndsAsync("");
        await SystemTool.IpAsync("-n", _serverSpace, "link", "set", _serverEnd, "up");
    }

    /// <summary>Narrows the way to the place.</summary>
    /// <param name="kilobits">A second.</param>
    public Task NarrowAsync(int kilobits) => SystemTool.TcAsync(
        _serverSpace, "qdisc", "replace", "dev", _serverEnd, "root", "tbf", "rate", string.Create(CultureInfo.InvariantCulture, $"{kilobits}kbit"), "burst", "5kb", "latency", LongestWait);

    public Task WidenAsync() => SystemTool.TcAsync(_serverSpace, "qdisc", "delete", "dev", _serverEnd, "root");

    internal static async Task<Line> AddAsync(string serverSpace, string space, int number, string folder)
    {
        var line = new Line(serverSpace, space, number, folder);
        await SystemTool.IpAsync("netns", "add", space);
        await SystemTool.IpAsync("-n", serverSpace, "link", "add", line._serverEnd, "type", "veth", "peer", "name", HomeEnd, "netns", space);
        await SystemTool.IpAsync("-n", serverSpace, "address", "add", line._host + "1/24", "dev", line._serverEnd);
        await SystemTool.IpAsync("-n", space, "address", "add", line._host + "2/24", "dev", HomeEnd);
        await SystemTool.IpAsync("-n", serverSpace, "link", "set", line._serverEnd, "up");
        await SystemTool.IpAsync("-n", space, "link", "set", HomeEnd, "up");
        await SystemTool.IpAsync("-n", space, "link", "set", "lo", "up");
        // A page without a camera shows WebRTC only the way to the rest of the world.
        await SystemTool.IpAsync("-n", space, "route", "add", "default", "via", line._host + "1");
        await WriteScriptAsync(line.Browser, $"exec ip netns exec {space} /usr/bin/chromium \"$@\"");
        return line;
    }

    private static async Task WriteScriptAsync(string path, string command)
    {
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n{command}\n");
        if (OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    // Where packets come in: a packet that is dropped where it goes out fails its sender, which no line does.
    private async Task BothEndsAsync(string verdict)
    {
        await SystemTool.NftAsync(_serverSpace, Rules(_serverEnd, verdict));
        await SystemTool.NftAsync(_space, Rules(HomeEnd, verdict));
    }

    private static string Rules(string end, string verdict) => $$"""
        table inet {{end}} {}
        delete table inet {{end}}
        table inet {{end}} {
          chain arriving {
            type filter hook input priority 0;
            {{(verdict.Length == 0 ? "" : $"iifname \"{end}\" {verdict}")}}
          }
        }

        """;
}
