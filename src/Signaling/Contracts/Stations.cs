namespace Classroom.Signaling.Contracts;

/// <summary>What a classroom's device found out about itself before the bell.</summary>
/// <param name="Seats">One for each seat that it has been set up with.</param>
/// <param name="Microphone">ok, missing, silent, or unused.</param>
/// <param name="Link">Null: the line could not be measured.</param>
public sealed record StationSelfTest(SeatTest[] Seats, string Microphone, LinkMeasurement? Link);

/// <param name="Result">ok, missing, still (a picture that does not move), or later (a screen that is shared with a press in the lesson).</param>
public sealed record SeatTest(string Seat, string Result);

/// <summary>A line as a page has measured it.</summary>
/// <param name="LossPercent">Packets that the server had to send again; null: unknown on this server.</param>
public sealed record LinkMeasurement(double DownKbps, double UpKbps, double DelayMs, double? LossPercent);

/// <param name="At">When the station told it.</param>
public sealed record SelfTestResult(DateTime At, StationSelfTest Test);

/// <summary>What the server sees of a connection over which a test has run.</summary>
/// <param name="DelayMs">There and back, the shortest; null: unknown on this server.</param>
public sealed record LinkEnd(double? LossPercent, double? DelayMs);
