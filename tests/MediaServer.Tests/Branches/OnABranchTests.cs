using Classroom.MediaServer.Tests.Reach;
using Classroom.MediaServer.Tests.Support;

namespace Classroom.MediaServer.Tests.Branches;

// What holds for viewers on the room's own loop holds for those on a branch: the same tests, all viewers elsewhere.

[OnABranch]
public sealed class ForwardingOnABranchTests : ForwardingTests;

[OnABranch]
public sealed class RoomOnABranchTests : RoomTests;

[OnABranch]
public sealed class SimulcastOnABranchTests : SimulcastTests;

[OnABranch]
public sealed class RepairOnABranchTests : RepairTests;

[OnABranch]
public sealed class LineOnABranchTests : LineTests;

[OnABranch]
public sealed class DescriptorOnABranchTests : DescriptorTests;

[OnABranch]
public sealed class RedundancyOnABranchTests : RedundancyTests;

[OnABranch]
public sealed class PathOnABranchTests : PathTests;
