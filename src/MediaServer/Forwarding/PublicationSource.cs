using Classroom.MediaServer.Rooms;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>What never changes of a publication, so that every loop may read it.</summary>
/// <param name="Owner">Who sends it.</param>
/// <param name="End">How it comes; its own loop's business.</param>
/// <param name="Info">What it is to everybody.</param>
/// <param name="Mid">Its media section.</param>
/// <param name="Codec">As agreed on.</param>
/// <param name="Rids">Names of its encodings, as a rule the smallest picture first; empty: one without a name.</param>
/// <param name="StreamId">Media stream that it is part of.</param>
/// <param name="DescriptorExtension">Id of the extension by which the publisher describes its frames (AV1); 0: it does not.</param>
internal sealed record PublicationSource(
    Participant Owner,
    IPublisherEnd End,
    PublicationInfo Info,
    string Mid,
    RtpCodec Codec,
    IReadOnlyList<string> Rids,
    string StreamId,
    byte DescriptorExtension);
