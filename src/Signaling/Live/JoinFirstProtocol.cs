using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Classroom.Signaling.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Live;

/// <summary>
/// The JSON hub protocol, with one promise more: a page gets the answer of its join before anything else from the lesson.
/// SignalR itself lets a server's call overtake the answer that a hub method has just returned; events would be missed.
/// </summary>
internal sealed class JoinFirstProtocol(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    private static readonly ConditionalWeakTable<JoinReply, ClientOutbox> Held = [];
    private readonly JsonHubProtocol _json = new(options);

    public string Name => _json.Name;

    public int Version => _json.Version;

    public TransferFormat TransferFormat => _json.TransferFormat;

    /// <summary>The outbox starts when this answer has been written.</summary>
    public static void StartAfter(JoinReply reply, ClientOutbox outbox) => Held.Add(reply, outbox);

    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) =>
        _json.TryParseMessage(ref input, binder, out message);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _json.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        _json.WriteMessage(message, output);

        // SignalR writes one message at a time: whatever the outbox sends from here on comes after.
        if (message is CompletionMessage { Result: JoinReply reply } && Held.TryGetValue(reply, out var outbox))
        {
            Held.Remove(reply);
            _ = Task.Run(outbox.PumpAsync, CancellationToken.None);
        }
    }
}
