using Classroom.EndToEnd.Tests.Harness;

namespace Classroom.EndToEnd.Tests.BadNetwork;

/// <summary>The same lesson with a camera that takes all the bits that it may, and with slides.</summary>
public sealed class SlidesOnLines : SchoolsOnLines
{
    public const int CameraLines = 540;
    public const int SlidesLines = 720;

    protected override MadeCameras HostCameras { get; } = new(Xinghai, "星海", ["教师特写"]) { Width = 960, Height = CameraLines, IsLively = true, HasSlides = true };
}
