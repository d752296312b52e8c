using System.Text.Json;
using Classroom.EndToEnd.Tests.Harness;
using Microsoft.Playwright;

namespace Classroom.EndToEnd.Tests.LiveLesson;

/// <summary>Counts what a page brings over the wire, by the browser's own account (Chrome DevTools protocol, domain Network).</summary>
internal sealed class PageWeight
{
    private long _fetched;
    private long _talked;

    private PageWeight(ICDPSession session)
    {
        session.Event("Network.loadingFinished").OnEvent += (_, loaded) => Interlocked.Add(ref _fetched, (long)loaded!.Value.GetProperty("encodedDataLength").GetDouble());
        session.Event("Network.webSocketFrameReceived").OnEvent += (_, frame) => Interlocked.Add(ref _talked, LengthOf(frame));
        session.Event("Network.webSocketFrameSent").OnEvent += (_, frame) => Interlocked.Add(ref _talked, LengthOf(frame));
    }

    /// <summary>Bytes of all answers to requests, compressed as they came, with their headers.</summary>
    public long Fetched => Interlocked.Read(ref _fetched);

    /// <summary>Bytes of messages on web sockets, both ways.</summary>
    public long Talked => Interlocked.Read(ref _talked);

    /// <summary>Counts from here on, with nothing in the cache and the processor slowed down so many times.</summary>
    public static async Task<PageWeight> CountAsync(Guest guest, int slowdown)
    {
        var session = await guest.Context.NewCDPSessionAsync(guest.Page);
        var weight = new PageWeight(session);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        await session.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = slowdown });
        return weight;
    }

    private static int LengthOf(JsonElement? frame) => frame!.Value.GetProperty("response").GetProperty("payloadData").GetString()!.Length;
}
