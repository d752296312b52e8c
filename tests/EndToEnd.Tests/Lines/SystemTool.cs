using System.Diagnostics;

namespace Classroom.EndToEnd.Tests.Lines;

/// <summary>ip, tc and nft: run to their end, with what they complain of as the failure.</summary>
internal static class SystemTool
{
    private const string Needs =
        "Tests on bad lines build network namespaces: run them as root (CAP_NET_ADMIN and CAP_SYS_ADMIN), with Debian's iproute2 and nftables installed (tools/install.sh test).";

    public static Task<string> IpAsync(params string[] arguments) => RunAsync("ip", arguments, input: null);

    /// <summary>Replaces rules in a namespace.</summary>
    public static Task NftAsync(string space, string rules) => RunAsync("ip", ["netns", "exec", space, "nft", "-f", "-"], rules);

    public static Task TcAsync(string space, params string[] arguments) => RunAsync("tc", ["-n", space, .. arguments], input: null);

    private static async Task<string> RunAsync(string tool, string[] arguments, string? input)
    {
        var start = new ProcessStartInfo(tool, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Start(start);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)}: {(await errors).Trim()}\n{Needs}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"{start.FileName}: {missing.Message}\n{Needs}", missing);
        }
    }
}
