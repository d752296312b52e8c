using Classroom.Rtc.Codecs;

namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>Payload descriptors of one codec, and writing numbers over them.</summary>
internal sealed class PayloadTarget(string name, VideoCodec codec, params string[] corpus) : FuzzTarget
{
    public override string Name => name;

    public override IReadOnlyList<byte[]> Corpus { get; } = [.. corpus.Select(Convert.FromHexString)];

    public override long AllocationLimit => 0;

    public override int Run(byte[] input)
    {
        var picture = PictureInfo.Read(codec, input);
        if (!picture.IsKnown)
        {
            Require(picture.Flags == PictureFlags.None && picture.PictureIdAt == 0, "Half of a descriptor was taken.");
            return 0;
        }

        Span<byte> payload = stackalloc byte[input.Length];
        input.CopyTo(payload);
        new PictureNumbers(0x1234, 56, 7).WriteTo(payload, ref picture);
        var again = PictureInfo.Read(codec, payload);
        var kept = (again.Flags, again.Spatial, again.Temporal, again.Width, again.Height) == (picture.Flags, picture.Spatial, picture.Temporal, picture.Width, picture.Height);
        Require(kept, "Writing numbers changed more than the numbers.");
        Require(picture.PictureIdAt == 0 || again.PictureId == (picture.IsLongPictureId ? 0x1234 : 0x34), "The picture id was not written.");
        return HashCode.Combine(picture.Flags, picture.Spatial, picture.Temporal, picture.PictureIdAt, picture.BaseIndexAt, picture.KeyIndexAt);
    }

    public static IEnumerable<FuzzTarget> All() =>
    [
        new PayloadTarget("vp8", VideoCodec.Vp8, "90F081230725000000009D012A80026801", "90E08123078001", "9080120100", "1001"),
        new PayloadTarget("h264", VideoCodec.H264, "6742C01E8C8D405005BA10", "78000B6742C01E8C8D405005BA10000268CE", "7C85", "6764001FACD940500200", "0188"),
        new PayloadTarget("vp9", VideoCodec.Vp9, "EC8ABC354200", "AA0100005800A0005A014000B402800168020401240200", "F0810103020100"),
        new PayloadTarget("av1", VideoCodec.Av1, "080A0B", "88", "10"),
    ];
}
