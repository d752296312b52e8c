using Classroom.Rtc.Dtls;
using Classroom.Rtc.Srtp;

namespace Classroom.MediaServer.Transports;

/// <summary>What a finished handshake gives to media.</summary>
/// <param name="Fingerprint">SHA-256 of the certificate the peer showed.</param>
internal sealed record SessionKeys(string Fingerprint, SrtpContext Incoming, SrtpContext Outgoing) : IDisposable
{
    /// <summary>Null when the peer showed no certificate or agreed on no SRTP profile.</summary>
    public static SessionKeys? From(DtlsSession session)
    {
        if (session.RemoteFingerprint is not { } fingerprint || session.ExportKeys() is not { } keys)
        {
            return null;
        }

        // A packet sent again is byte for byte the one that was lost: see PacketStore.Pad.
        return new SessionKeys(fingerprint, keys.CreateInbound(session.Role), keys.CreateOutbound(session.Role, allowsRepeats: true));
    }

    public void Dispose()
    {
        Incoming.Dispose();
        Outgoing.Dispose();
    }
}
