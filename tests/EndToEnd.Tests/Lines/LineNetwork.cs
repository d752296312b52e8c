using System.Globalization;
using Classroom.TestKit;

namespace Classroom.EndToEnd.Tests.Lines;

/// <summary>
/// A network of its own beside the machine's: the server in one namespace, each place in another, a line between the server
/// and each of them. The test itself reaches the server by a way that never fails.
/// </summary>
/// <remarks>
/// Addresses are those set aside for such tests (RFC 2544): 198.18.x.x between the machine and the server, numbered by
/// process so that several runs do not meet, 198.19.n.x on line n.
/// </remarks>
public sealed class LineNetwork : IAsyncDisposable
{
    private const string Prefix = "classroom-";
    private static int s_count;

    private readonly List<Line> _lines = [];
    private readonly string _name;
    private readonly string _link;
    private readonly string _folder = Directory.CreateTempSubdirectory("classroom-lines-").FullName;

    private LineNetwork(int number)
    {
        _name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{number}");
        _link = string.Create(CultureInfo.InvariantCulture, $"cls{Environment.ProcessId}n{number}");
        var subnet = ((Environment.ProcessId * 4) + number) % 16384 * 4;
        Near = string.Create(CultureInfo.InvariantCulture, $"198.18.{subnet >> 8}.{(subnet & 255) + 1}");
        Server = new ServerPlace(string.Create(CultureInfo.InvariantCulture, $"198.18.{subnet >> 8}.{(subnet & 255) + 2}"), ["ip", "netns", "exec", Space]);
    }

    /// <summary>Where the server is started.</summary>
    public ServerPlace Server { get; }

    internal string Space => $"{_name}-server";

    private string Near { get; }

    /// <summary>The line to a place, by the order of their names.</summary>
    public Line this[int index] => _lines[index];

    /// <exception cref="InvalidOperationException">Not root, or a tool is missing.</exception>
    public static async Task<LineNetwork> BuildAsync(params string[] places)
    {
        await RemoveLeftoversAsync();
        var network = new LineNetwork(Interlocked.Increment(ref s_count));
        try
        {
            await network.AddServerAsync();
            foreach (var place in places)
            {
                network._lines.Add(await Line.AddAsync(network.Space, $"{network._name}-{place}", network._lines.Count + 1, network._folder));
            }

            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var space in await SpacesAsync(_name + "-"))
        {
            await SystemTool.IpAsync("netns", "delete", space);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task AddServerAsync()
    {
        await SystemTool.IpAsync("netns", "add", Space);
        await SystemTool.IpAsync("link", "add", _link, "type", "veth", "peer", "name", "machine", "netns", Space);
        await SystemTool.IpAsync("address", "add", Near + "/30", "dev", _link);
        await SystemTool.IpAsync("link", "set", _link, "up");
        await SystemTool.IpAsync("-n", Space, "address", "add", Server.Host + "/30", "dev", "machine");
        await SystemTool.IpAsync("-n", Space, "link", "set", "machine", "up");
        await SystemTool.IpAsync("-n", Space, "link", "set", "lo", "up");
    }

    // A run that was killed could not clean up behind itself.
    private static async Task RemoveLeftoversAsync()
    {
        foreach (var space in await SpacesAsync(Prefix))
        {
            if (int.TryParse(space.Split('-')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var owner) && !Directory.Exists($"/proc/{owner}"))
            {
                await SystemTool.IpAsync("netns", "delete", space);
            }
        }
    }

    private static async Task<string[]> SpacesAsync(string prefix) =>
    [
        .. (await SystemTool.IpAsync("netns", "list")).Split('\n')
            .Select(line => line.Split(' ')[0])
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)),
    ];
}
