using Microsoft.Playwright;

namespace Classroom.EndToEnd.Tests.Harness;

/// <summary>The network cable of one browser: pulled out, its requests fail and its lesson's connection is cut.</summary>
public sealed class Plug
{
    private readonly Guest _guest;
    private readonly List<IWebSocketRoute> _sockets = [];
    private bool _isOut;

    private Plug(Guest guest) => _guest = guest;

    /// <summary>Before the browser opens its lesson.</summary>
    public static async Task<Plug> OfAsync(Guest guest)
    {
        var plug = new Plug(guest);
        await guest.Context.RouteWebSocketAsync("**/hubs/**", plug.OnSocket);
        return plug;
    }

    public async Task PullAsync()
    {
        _isOut = true;
        await _guest.Context.SetOfflineAsync(true);
        foreach (var socket in _sockets.ToList())
        {
            await socket.CloseAsync();
        }

        _sockets.Clear();
    }

    /// <summary>Pages load again; the lesson's connection does not come up yet.</summary>
    public Task LooseAsync() => _guest.Context.SetOfflineAsync(false);

    public async Task PutInAsync()
    {
        _isOut = false;
        await _guest.Context.SetOfflineAsync(false);
    }

    private void OnSocket(IWebSocketRoute socket)
    {
        if (_isOut)
        {
            _ = socket.CloseAsync();
            return;
        }

        socket.ConnectToServer();
        _sockets.Add(socket);
    }
}
