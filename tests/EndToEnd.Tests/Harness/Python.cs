using System.Diagnostics;
using System.Text.Json;

namespace Classroom.EndToEnd.Tests.Harness;

/// <summary>A GStreamer script that runs beside the test and tells what it does as lines of JSON.</summary>
public sealed class Python : IAsyncDisposable
{
    private readonly List<JsonElement> _lines = [];
    private readonly List<string> _errors = [];
    private readonly Process _process;

    private Python(Process process) => _process = process;

    public static Python Start(string script, params string[] arguments)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "gstreamer", script);
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("/usr/bin/python3", ["-B", file, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        var python = new Python(process);
        process.OutputDataReceived += (_, line) => python.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => python.KeepError(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return python;
    }

    /// <summary>Waits for a line with this field, and this value if one is given.</summary>
    public async Task<JsonElement> SaysAsync(string field, string? value = null)
    {
        JsonElement? found = null;
        await Eventually.TrueAsync(
            () => Task.FromResult((found = Find(field, value)) is not null || _process.HasExited),
            () => Task.FromResult($"no line with {field} {value} came:\n{All()}"));
        return found ?? Find(field, value) ?? throw new InvalidOperationException($"the script ended without {field} {value}:\n{All()}");
    }

    /// <summary>Waits for its end and gives the last line.</summary>
    public async Task<JsonElement> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        lock (_lines)
        {
            return _lines.Count > 0 ? _lines[^1] : throw new InvalidOperationException("the script said nothing:\n" + string.Join('\n', _errors));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private JsonElement? Find(string field, string? value)
    {
        lock (_lines)
        {
            foreach (var line in _lines)
            {
                if (line.TryGetProperty(field, out var found) && (value is null || found.ToString() == value))
                {
                    return line;
                }
            }
        }

        return null;
    }

    private string All()
    {
        lock (_lines)
        {
            return string.Join('\n', _lines.Select(line => line.GetRawText()).Concat(_errors));
        }
    }

    private void Keep(string? line)
    {
        if (line is { Length: > 0 } && line.StartsWith('{'))
        {
            lock (_lines)
            {
                _lines.Add(JsonDocument.Parse(line).RootElement);
            }
        }
    }

    private void KeepError(string? line)
    {
        if (line is { Length: > 0 })
        {
            lock (_lines)
            {
                _errors.Add(line);
            }
        }
    }
}
