namespace Classroom.Rtc.Codecs;

/// <summary>What a frame is to a decode target (RTP Payload Format for AV1, appendix A.8.3).</summary>
public enum DecodeIndication : byte { NotPresent, Discardable, Switch, Required }
