using Classroom.Recorder.Codecs;

namespace Classroom.Recorder.Mp4;

/// <summary>Initialization segments of fragmented MP4: ftyp and a moov of one track without samples (ISO/IEC 14496-12 §8.8, RFC 8216 §3.3).</summary>
internal static class Mp4Init
{
    /// <summary>Ticks of pictures in a second; a multiple of the captured milliseconds.</summary>
    public const int PictureScale = 90_000;

    public const int SoundScale = 48_000;

    public const int TrackId = 1;

    private const uint Identity = 0x0001_0000;
    private const int UndeterminedLanguage = 0x55C4;

    // Stereo AAC-LC at 48 kHz (ISO/IEC 14496-3 §1.6.2.1).
    private static readonly byte[] AacConfiguration = [0x11, 0x90];

    /// <summary>H.264 whose parameter sets stand here and not in the samples ("avc1", ISO/IEC 14496-15 §5.3).</summary>
    public static byte[] Avc(VideoFormat format) => Write("vide", PictureScale, format.Width, format.Height, writer => AvcEntry(writer, format));

    public static byte[] Aac() => Write("soun", SoundScale, 0, 0, AacEntry);

    public static byte[] Opus() => Write("soun", SoundScale, 0, 0, OpusEntry);

    private static byte[] Write(string handler, int timescale, int width, int height, Action<BoxWriter> entry)
    {
        var writer = new BoxWriter();
        var type = writer.Begin("ftyp");
        writer.Text("iso5");
        writer.U32(512);
        writer.Text("iso5iso6mp41");
        writer.End(type);
        var movie = writer.Begin("moov");
        MovieHeader(writer);
        var track = writer.Begin("trak");
        TrackHeader(writer, handler, width, height);
        var media = writer.Begin("mdia");
        MediaHeader(writer, handler, timescale);
        MediaInformation(writer, handler, entry);
        writer.End(media);
        writer.End(track);
        var extends = writer.Begin("mvex");
        var defaults = writer.BeginFull("trex");
        writer.U32(TrackId);
        writer.U32(1);
        writer.Zeros(12);
        writer.End(defaults);
        writer.End(extends);
        writer.End(movie);
        return writer.Written.ToArray();
    }

    private static void MovieHeader(BoxWriter writer)
    {
        var box = writer.BeginFull("mvhd");
        writer.Zeros(8);
        writer.U32(1000);
        writer.U32(0);
        writer.U32(Identity);
        writer.U16(0x0100);
        writer.Zeros(10);
        Matrix(writer);
        writer.Zeros(24);
        writer.U32(TrackId + 1);
        writer.End(box);
    }

    private static void TrackHeader(BoxWriter writer, string handler, int width, int height)
    {
        var box = writer.BeginFull("tkhd", flags: 7);
        writer.Zeros(8);
        writer.U32(TrackId);
        writer.Zeros(20);
        writer.U16(handler == "soun" ? 0x0100 : 0);
        writer.U16(0);
        Matrix(writer);
        writer.U32((uint)width << 16);
        writer.U32((uint)height << 16);
        writer.End(box);
    }

    private static void MediaHeader(BoxWriter writer, string handler, int timescale)
    {
        var box = writer.BeginFull("mdhd");
        writer.Zeros(8);
        writer.U32((uint)timescale);
        writer.U32(0);
        writer.U16(UndeterminedLanguage);
        writer.U16(0);
        writer.End(box);
        var name = writer.BeginFull("hdlr");
        writer.U32(0);
        writer.Text(handler);
        writer.Zeros(13);
        writer.End(name);
    }

    private static void MediaInformation(BoxWriter writer, string handler, Action<BoxWriter> entry)
    {
        var box = writer.Begin("minf");
        var head = handler == "vide" ? writer.BeginFull("vmhd", flags: 1) : writer.BeginFull("smhd");
        writer.Zeros(handler == "vide" ? 8 : 4);
        writer.End(head);
        var data = writer.Begin("dinf");
        var references = writer.BeginFull("dref");
        writer.U32(1);
        writer.End(writer.BeginFull("url ", flags: 1));
        writer.End(references);
        writer.End(data);
        var table = writer.Begin("stbl");
        var descriptions = writer.BeginFull("stsd");
        writer.U32(1);
        entry(writer);
        writer.End(descriptions);
        Empty(writer, "stts", 4);
        Empty(writer, "stsc", 4);
        Empty(writer, "stsz", 8);
        Empty(writer, "stco", 4);
        writer.End(table);
        writer.End(box);
    }

    private static void AvcEntry(BoxWriter writer, VideoFormat format)
    {
        var box = writer.Begin("avc1");
        writer.Zeros(6);
        writer.U16(1);
        writer.Zeros(16);
        writer.U16(format.Width);
        writer.U16(format.Height);
        writer.U32(0x0048_0000);
        writer.U32(0x0048_0000);
        writer.U32(0);
        writer.U16(1);
        writer.Zeros(32);
        writer.U16(0x0018);
        writer.U16(0xFFFF);
        var configuration = writer.Begin("avcC");
        writer.Raw(format.CodecPrivate);
        writer.End(configuration);
        writer.End(box);
    }

    private static int BeginSoundEntry(BoxWriter writer, string type)
    {
        var box = writer.Begin(type);
        writer.Zeros(6);
        writer.U16(1);
        writer.Zeros(8);
        writer.U16(2);
        writer.U16(16);
        writer.U32(0);
        writer.U32((uint)SoundScale << 16);
        return box;
    }

    // Descriptors of ISO/IEC 14496-1 §7.2.6: elementary stream, decoder configuration (AAC, audio), its specific part, SL.
    private static void AacEntry(BoxWriter writer)
    {
        var box = BeginSoundEntry(writer, "mp4a");
        var descriptor = writer.BeginFull("esds");
        writer.Raw([0x03, 23 + 2, 0, 1, 0]);
        writer.Raw([0x04, 15 + 2, 0x40, 0x15, 0, 0, 0]);
        writer.Zeros(8);
        writer.Raw([0x05, 2, .. AacConfiguration]);
        writer.Raw([0x06, 1, 2]);
        writer.End(descriptor);
        writer.End(box);
    }

    // Encapsulation of Opus in ISO BMFF §4.3.2: version 0, two channels, no pre-skip (a live stream has none to tell), family 0.
    private static void OpusEntry(BoxWriter writer)
    {
        var box = BeginSoundEntry(writer, "Opus");
        var specific = writer.Begin("dOps");
        writer.U8(0);
        writer.U8(2);
        writer.U16(0);
        writer.U32(SoundScale);
        writer.U16(0);
        writer.U8(0);
        writer.End(specific);
        writer.End(box);
    }

    private static void Empty(BoxWriter writer, string type, int zeros)
    {
        var box = writer.BeginFull(type);
        writer.Zeros(zeros);
        writer.End(box);
    }

    private static void Matrix(BoxWriter writer)
    {
        foreach (var value in (uint[])[Identity, 0, 0, 0, Identity, 0, 0, 0, 0x4000_0000])
        {
            writer.U32(value);
        }
    }
}
