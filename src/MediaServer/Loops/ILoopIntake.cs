using Classroom.Rtc;

namespace Classroom.MediaServer.Loops;

/// <summary>What comes into a loop by another way than its port: over a ring, from another loop or another thread.</summary>
internal interface ILoopIntake
{
    /// <summary>Takes what lies there.</summary>
    /// <returns>Number of packets.</returns>
    int Take(Instant now);

    void Tick(Instant now);

    void Close();
}
