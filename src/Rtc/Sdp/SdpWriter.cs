using System.Globalization;
using System.Text;

namespace Classroom.Rtc.Sdp;

/// <summary>Writes descriptions line by line.</summary>
internal sealed class SdpWriter(LocalTransport transport)
{
    private readonly StringBuilder _text = new(2048);
    private bool _candidatesWritten;

    public void Session(IEnumerable<string> bundle)
    {
        Line("v=0");
        Line($"o=- {transport.SessionId} {transport.Version} IN IP4 127.0.0.1");
        Line("s=-");
        Line("t=0 0");
        Line("a=group:BUNDLE " + string.Join(' ', bundle));
        Line("a=ice-lite");
        Line("a=msid-semantic: WMS *");
    }

    public void Section(string kind, string protocol, IEnumerable<string> formats, string mid, string direction)
    {
        Line($"m={kind} 9 {protocol} {string.Join(' ', formats)}");
        Line("c=IN IP4 0.0.0.0");
        Line("a=rtcp:9 IN IP4 0.0.0.0");
        Ice();
        Line("a=fingerprint:sha-256 " + transport.Fingerprint);
        Line("a=setup:" + transport.Setup);
        Line("a=mid:" + mid);
        Line("a=" + direction);
        Line("a=rtcp-mux");
        Line("a=rtcp-rsize");
    }

    public void Rejected(string kind, string protocol, IEnumerable<string> formats, string mid)
    {
        Line($"m={kind} 0 {protocol} {string.Join(' ', formats)}");
        Line("c=IN IP4 0.0.0.0");
        Line("a=mid:" + mid);
        Line("a=inactive");
    }

    public void Codec(RtpCodec codec, IEnumerable<string> feedback)
    {
        var channels = codec.Channels > 1 ? $"/{codec.Channels}" : "";
        Line($"a=rtpmap:{codec.PayloadType} {codec.Name}/{codec.ClockRate}{channels}");
        foreach (var value in feedback)
        {
            Line($"a=rtcp-fb:{codec.PayloadType} {value}");
        }

        if (codec.Format.Length > 0)
        {
            Line($"a=fmtp:{codec.PayloadType} {codec.Format}");
        }
    }

    public void Line(string line) => _text.Append(CultureInfo.InvariantCulture, $"{line}\r\n");

    public override string ToString() => _text.ToString();

    private void Ice()
    {
        Line("a=ice-ufrag:" + transport.Ufrag);
        Line("a=ice-pwd:" + transport.Password);
        if (_candidatesWritten)
        {
            return;
        }

        // One transport carries all sections, so the first speaks for all.
        _candidatesWritten = true;
        var index = 0;
        foreach (var candidate in transport.Candidates)
        {
            Candidate(candidate, index++);
        }

        Line("a=end-of-candidates");
    }

    // Priorities of RFC 8445 §5.1.2.1 for component 1: UDP as the type preference 126, TCP as 90 with the direction
    // preference 4 of passive (RFC 6544 §4.2), so that a connection is used only where datagrams do not come through.
    private void Candidate(LocalCandidate candidate, int index)
    {
        var priority = candidate.IsTcp
            ? (90u << 24) | ((uint)((4 << 13) | (0x1FFF - index)) << 8) | 255
            : (126u << 24) | ((uint)(0xFFFF - index) << 8) | 255;
        var (protocol, type) = candidate.IsTcp ? ("tcp", " tcptype passive") : ("udp", "");
        Line($"a=candidate:{index + 1} 1 {protocol} {priority} {candidate.Address} {candidate.Port} typ host{type}");
    }
}
