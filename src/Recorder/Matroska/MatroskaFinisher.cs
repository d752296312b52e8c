namespace Classroom.Recorder.Matroska;

/// <summary>Closes a captured file, also one whose writer was killed: cuts off what is not whole, and adds duration, cues and seek head.</summary>
internal static class MatroskaFinisher
{
    private const int CueEveryMs = 2000;

    /// <summary>Finishes the file in place; finishing twice changes nothing.</summary>
    /// <returns>Length in milliseconds; null when nothing in it can be played.</returns>
    public static long? Finish(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 4096);
        var scan = MatroskaScan.Read(file);
        if (!scan.IsPlayable)
        {
            return null;
        }

        if (!scan.IsFinished && scan.SeekHeadRoom > 0)
        {
            file.SetLength(scan.End);
            Append(file, scan);
            Patch(file, scan);
            file.Flush(flushToDisk: true);
        }

        return scan.DurationMs;
    }

    /// <summary>Finishes the file where the disk has room for its index; otherwise the job after the lesson does.</summary>
    /// <returns>Length in milliseconds; null when nothing in it can be played.</returns>
    public static long? FinishOrMeasure(string path)
    {
        try
        {
            return Finish(path);
        }
        catch (IOException)
        {
            return Measure(path);
        }
    }

    private static long? Measure(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 4096);
        var scan = MatroskaScan.Read(file);
        return scan.IsPlayable ? scan.DurationMs : null;
    }

    private static void Append(FileStream file, MatroskaScan scan)
    {
        var writer = new EbmlWriter();
        var cues = writer.Begin(MatroskaId.Cues);
        var next = 0L;
        foreach (var cluster in scan.Clusters.Where(cluster => cluster.HasKey))
        {
            if (cluster.TimestampMs < next)
            {
                continue;
            }

            next = cluster.TimestampMs + CueEveryMs;
            var point = writer.Begin(MatroskaId.CuePoint);
            writer.UInt(MatroskaId.CueTime, (ulong)cluster.TimestampMs);
            var place = writer.Begin(MatroskaId.CueTrackPositions);
            writer.UInt(MatroskaId.CueTrack, (ulong)scan.FirstTrack);
            writer.UInt(MatroskaId.CueClusterPosition, (ulong)(cluster.Start - scan.SegmentStart));
            writer.End(place);
            writer.End(point);
        }

        writer.End(cues);
        file.Position = scan.End;
        file.Write(writer.Written);
    }

    // In this order a kill between the writes leaves a file that is still valid: the size comes last.
    private static void Patch(FileStream file, MatroskaScan scan)
    {
        var writer = new EbmlWriter();
        if (scan.DurationRoom > 0)
        {
            writer.Float(MatroskaId.Duration, scan.DurationMs);
            WriteAt(file, scan.DurationRoom, writer);
        }

        var head = writer.Begin(MatroskaId.SeekHead);
        Seek(writer, MatroskaId.Info, scan.InfoStart - scan.SegmentStart);
        Seek(writer, MatroskaId.Tracks, scan.TracksStart - scan.SegmentStart);
        Seek(writer, MatroskaId.Cues, scan.End - scan.SegmentStart);
        writer.End(head);
        writer.Void(MatroskaHeader.SeekHeadRoom - writer.Length);
        WriteAt(file, scan.SeekHeadRoom, writer);
        writer.LongSize(file.Length - scan.SegmentStart);
        WriteAt(file, scan.SegmentStart - 8, writer);
    }

    private static void Seek(EbmlWriter writer, uint id, long position)
    {
        var seek = writer.Begin(MatroskaId.Seek);
        writer.Id(MatroskaId.SeekId);
        writer.Raw([0x84, (byte)(id >> 24), (byte)(id >> 16), (byte)(id >> 8), (byte)id]);
        writer.UInt(MatroskaId.SeekPosition, (ulong)position);
        writer.End(seek);
    }

    private static void WriteAt(FileStream file, long position, EbmlWriter writer)
    {
        file.Position = position;
        file.Write(writer.Written);
        writer.Clear();
    }
}
