using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Classroom.Recorder.Tests.Store;

/// <summary>The line to an S3 server: it can be cut, at once or after so many bytes, and mended.</summary>
internal sealed class StoreGate : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = [];
    private readonly Uri _server;
    private long _cutAt = long.MaxValue;
    private long _sent;

    public StoreGate(string endpoint)
    {
        _server = new Uri(endpoint);
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Endpoint => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Bytes that went to the server.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    private bool IsCut => Sent >= Interlocked.Read(ref _cutAt);

    public void CutAfter(long bytes) => Interlocked.Exchange(ref _cutAt, Sent + bytes);

    public void Cut()
    {
        CutAfter(0);
        CloseAll();
    }

    public void Mend() => Interlocked.Exchange(ref _cutAt, long.MaxValue);

    public void Dispose()
    {
        _listener.Stop();
        CloseAll();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        using var far = new TcpClient();
        (_open[near], _open[far]) = (true, true);
        try
        {
            if (!IsCut)
            {
                await far.ConnectAsync(_server.Host, _server.Port);
                await Task.WhenAny(SendAsync(near.GetStream(), far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            // Cut, or one side has closed.
        }
        finally
        {
            near.Dispose();
            _open.TryRemove(near, out _);
            _open.TryRemove(far, out _);
        }
    }

    private async Task SendAsync(NetworkStream near, NetworkStream far)
    {
        var buffer = new byte[64 * 1024];
        while (await near.ReadAsync(buffer) is var count and > 0)
        {
            Interlocked.Add(ref _sent, count);
            if (IsCut)
            {
                CloseAll();
                return;
            }

            await far.WriteAsync(buffer.AsMemory(0, count));
        }
    }

    private void CloseAll()
    {
        foreach (var client in _open.Keys)
        {
            client.Dispose();
        }
    }
}
