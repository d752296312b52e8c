using System.Text.Json;
using Classroom.EndToEnd.Tests.Harness;

namespace Classroom.EndToEnd.Tests.BadNetwork;

/// <summary>All sound that a page has received, as its browser counts it (W3C webrtc-stats).</summary>
/// <param name="Tracks">Voices.</param>
/// <param name="Samples">Played, one for each track and 1/48,000 s.</param>
/// <param name="Concealed">Of them, made up for packets that were not there in time.</param>
/// <param name="Lost">Packets that never came.</param>
/// <param name="Nacks">Requests to send again.</param>
/// <param name="Waited">Seconds that all samples spent in the jitter buffer.</param>
/// <param name="Emitted">Samples that left it.</param>
public sealed record VoiceMeter(int Tracks, double Samples, double Concealed, double Lost, double Nacks, double Waited, double Emitted)
{
    private const int SampleRate = 48_000;

    public TimeSpan Length => TimeSpan.FromSeconds(Samples / SampleRate / Math.Max(1, Tracks));

    public double ConcealedShare => Samples > 0 ? Concealed / Samples : 0;

    public double WaitMs => Emitted > 0 ? 1000 * Waited / Emitted : 0;

    public static async Task<VoiceMeter> ReadAsync(Guest guest) =>
        JsonSerializer.Deserialize<VoiceMeter>(await guest.Page.EvaluateAsync<string>("classroomTest.voices().then(JSON.stringify)"), JsonSerializerOptions.Web)!;

    public VoiceMeter Since(VoiceMeter before) =>
        new(Tracks, Samples - before.Samples, Concealed - before.Concealed, Lost - before.Lost, Nacks - before.Nacks, Waited - before.Waited, Emitted - before.Emitted);

    public override string ToString() => $"{ConcealedShare:P2} of {Tracks} voices over {Length.TotalSeconds:F0} s concealed, {Lost} packets never came, {Nacks} asked for again, {WaitMs:F0} ms in the jitter buffer";
}
