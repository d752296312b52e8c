using Classroom.Recorder.Codecs;

namespace Classroom.Recorder.Matroska;

/// <summary>What a captured file holds: a picture, sound, or both.</summary>
internal sealed record MatroskaTracks(VideoFormat? Video, bool HasAudio);

/// <summary>Everything before the first cluster. The segment's size is unknown, as in a live stream, so that the file is valid wherever it ends.</summary>
internal static class MatroskaHeader
{
    public const int VideoTrack = 1;
    public const int AudioTrack = 2;

    /// <summary>Room for the seek head that is written when the file is closed.</summary>
    public const int SeekHeadRoom = 120;

    /// <summary>Exactly a Duration element: two bytes of id, one of size, eight of value.</summary>
    public const int DurationRoom = 11;

    private const ulong MillisecondsInNanoseconds = 1_000_000;
    private const ulong OpusPreRoll = 80_000_000;

    public static void Write(EbmlWriter writer, MatroskaTracks tracks)
    {
        WriteStart(writer);
        var list = writer.Begin(MatroskaId.Tracks);
        if (tracks.Video is { } video)
        {
            WriteVideo(writer, video);
        }

        if (tracks.HasAudio)
        {
            WriteAudio(writer);
        }

        writer.End(list);
    }

    /// <summary>What comes before the tracks.</summary>
    public static void WriteStart(EbmlWriter writer)
    {
        WriteEbml(writer);
        writer.Id(MatroskaId.Segment);
        writer.UnknownSize();
        writer.Void(SeekHeadRoom);
        var info = writer.Begin(MatroskaId.Info);
        writer.UInt(MatroskaId.TimestampScale, MillisecondsInNanoseconds);
        writer.Text(MatroskaId.MuxingApp, "classroom");
        writer.Text(MatroskaId.WritingApp, "classroom");
        writer.Void(DurationRoom);
        writer.End(info);
    }

    /// <summary>Opens a track's entry, for <see cref="EbmlWriter.End"/>.</summary>
    public static int BeginTrack(EbmlWriter writer, int number, ulong type, string codec)
    {
        var entry = writer.Begin(MatroskaId.TrackEntry);
        writer.UInt(MatroskaId.TrackNumber, (ulong)number);
        writer.UInt(MatroskaId.TrackUid, (ulong)number);
        writer.UInt(MatroskaId.TrackType, type);
        writer.UInt(MatroskaId.FlagLacing, 0);
        writer.Text(MatroskaId.CodecId, codec);
        return entry;
    }

    private static void WriteEbml(EbmlWriter writer)
    {
        var ebml = writer.Begin(MatroskaId.Ebml);
        writer.UInt(MatroskaId.EbmlVersion, 1);
        writer.UInt(MatroskaId.EbmlReadVersion, 1);
        writer.UInt(MatroskaId.EbmlMaxIdLength, 4);
        writer.UInt(MatroskaId.EbmlMaxSizeLength, 8);
        writer.Text(MatroskaId.DocType, "matroska");
        writer.UInt(MatroskaId.DocTypeVersion, 4);
        writer.UInt(MatroskaId.DocTypeReadVersion, 2);
        writer.End(ebml);
    }

    private static void WriteVideo(EbmlWriter writer, VideoFormat format)
    {
        var entry = BeginTrack(writer, VideoTrack, 1, format.MatroskaCodec);
        if (format.CodecPrivate.Length > 0)
        {
            writer.Binary(MatroskaId.CodecPrivate, format.CodecPrivate);
        }

        var video = writer.Begin(MatroskaId.Video);
        writer.UInt(MatroskaId.PixelWidth, (ulong)format.Width);
        writer.UInt(MatroskaId.PixelHeight, (ulong)format.Height);
        writer.End(video);
        writer.End(entry);
    }

    private static void WriteAudio(EbmlWriter writer)
    {
        var entry = BeginTrack(writer, AudioTrack, 2, "A_OPUS");
        writer.Binary(MatroskaId.CodecPrivate, OpusHead());
        writer.UInt(MatroskaId.CodecDelay, 0);
        writer.UInt(MatroskaId.SeekPreRoll, OpusPreRoll);
        var audio = writer.Begin(MatroskaId.Audio);
        writer.Float(MatroskaId.SamplingFrequency, 48_000);
        writer.UInt(MatroskaId.Channels, 2);
        writer.End(audio);
        writer.End(entry);
    }

    // RFC 7845 §5.1: version 1, two channels, no pre-skip (a live stream has none to tell), 48 kHz, no gain, mapping family 0.
    private static byte[] OpusHead() =>
        [.. "OpusHead"u8, 1, 2, 0, 0, 0x80, 0xBB, 0, 0, 0, 0, 0];
}
