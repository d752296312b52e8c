using System.Buffers.Binary;

namespace Classroom.Signaling.Live.Questions;

/// <summary>
/// Takes out of a JPEG (ITU-T T.81) what is not the picture: cameras write the place, the time and the owner beside it (EXIF,
/// XMP), which has no business in a child's answer.
/// </summary>
internal static class JpegCleaner
{
    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte Scan = 0xDA;
    private const byte Comment = 0xFE;
    private const byte FirstApplication = 0xE0;
    private const byte LastApplication = 0xEF;

    /// <summary>Colour transform of Adobe's writers (APP14): without it such a picture has wrong colours.</summary>
    private const byte Adobe = 0xEE;
    private const int LargestSide = 8_192;

    /// <returns>The picture alone; null when this is no JPEG, or one of unreasonable size.</returns>
    public static byte[]? Clean(ReadOnlySpan<byte> file)
    {
        if (file is not [0xFF, Start, ..])
        {
            return null;
        }

        using var clean = new MemoryStream(file.Length);
        clean.Write(file[..2]);
        var hasSize = false;
        for (var at = 2; at + 4 <= file.Length;)
        {
            if (file[at] != 0xFF)
            {
                return null;
            }

            var marker = file[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]) + 2;
            if (length < 4 || at + length > file.Length)
            {
                return null;
            }

            var segment = file.Slice(at, length);
            if (IsFrame(marker))
            {
                if (!IsReasonable(segment))
                {
                    return null;
                }

                hasSize = true;
            }

            if (marker == Scan)
            {
                return hasSize ? WithScans(clean, file[at..]) : null;
            }

            if (!IsAbout(marker))
            {
                clean.Write(segment);
            }

            at += length;
        }

        return null;
    }

    // Progressive pictures have several scans with tables between; what follows the end is not the picture.
    private static byte[]? WithScans(MemoryStream clean, ReadOnlySpan<byte> scans)
    {
        var end = scans.LastIndexOf([(byte)0xFF, End]);
        if (end < 0)
        {
            return null;
        }

        clean.Write(scans[..(end + 2)]);
        return clean.ToArray();
    }

    private static bool IsAbout(byte marker) => marker == Comment || (marker is >= FirstApplication and <= LastApplication && marker is not (FirstApplication or Adobe));

    /// <summary>Start of frame, of any coding; 0xC4, 0xC8 and 0xCC are tables.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static bool IsReasonable(ReadOnlySpan<byte> frame) =>
        frame.Length >= 9
        && BinaryPrimitives.ReadUInt16BigEndian(frame[5..]) is > 0 and <= LargestSide
        && BinaryPrimitives.ReadUInt16BigEndian(frame[7..]) is > 0 and <= LargestSide;
}
