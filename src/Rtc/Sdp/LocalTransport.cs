namespace Classroom.Rtc.Sdp;

/// <summary>The server's end of one connection as it stands in every description it writes.</summary>
/// <param name="SessionId">Of the o-line; constant for the connection.</param>
/// <param name="Version">Of the o-line; grows with every description.</param>
/// <param name="Fingerprint">SHA-256 of the server's certificate.</param>
/// <param name="Setup">"passive" in answers, "actpass" in offers.</param>
/// <param name="Candidates">Addresses and ports in order of preference.</param>
public sealed record LocalTransport(long SessionId, int Version, string Ufrag, string Password, string Fingerprint, string Setup, IReadOnlyList<LocalCandidate> Candidates);

/// <summary>A host candidate (RFC 8839 §5.1).</summary>
/// <param name="IsTcp">The peer opens a TCP connection to it (tcptype passive, RFC 6544 §4.5).</param>
public readonly record struct LocalCandidate(string Address, int Port, bool IsTcp = false);
