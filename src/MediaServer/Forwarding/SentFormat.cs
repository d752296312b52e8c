namespace Classroom.MediaServer.Forwarding;

/// <summary>How a receiver takes a track, as its description says.</summary>
/// <param name="PayloadType">Of the codec.</param>
/// <param name="RtxPayloadType">Of retransmissions (RFC 4588); 0: lost packets are sent again as they were.</param>
/// <param name="DescriptorId">Id of the extension with dependency descriptors; 0: none.</param>
/// <param name="TransportCcId">Id of the extension with transport-wide sequence numbers; 0: none.</param>
/// <param name="RedPayloadType">Of sound with redundancy (RFC 2198); 0: it is sent without.</param>
internal readonly record struct SentFormat(byte PayloadType, byte RtxPayloadType, byte TransportCcId, byte DescriptorId = 0, byte RedPayloadType = 0)
{
    /// <summary>
    /// A packet that is sent again as it was must be the same byte for byte, because it is encrypted under the same index:
    /// a number that is new each time has no place in it.
    /// </summary>
    public bool IsNumbered => TransportCcId != 0 && RtxPayloadType != 0;
}
