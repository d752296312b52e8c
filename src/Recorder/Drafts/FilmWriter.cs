using Classroom.Recorder.Matroska;
using Classroom.Recorder.Mp4;
using Classroom.Recorder.Pipeline;

namespace Classroom.Recorder.Drafts;

/// <summary>A captured file that the film is made of.</summary>
/// <param name="Capture">Where its pictures lie.</param>
internal sealed record FilmSource(string TrackId, long StartMs, string Capture, SeatIndex Index);

/// <summary>A film's length, and how its time maps to the lesson's.</summary>
internal sealed record WrittenFilm(long DurationMs, IReadOnlyList<FilmPart> Parts);

/// <summary>
/// Writes the draft film: playlists over the segments that the seats have already, and two files of its own, one with what lies
/// between a switch and the next segment, one with the mixed sound.
/// </summary>
internal sealed class FilmWriter(string folder, DateTime bell, IReadOnlyDictionary<string, FilmSource> sources, SoundMixer mixer)
{
    public const string Master = "master.m3u8";
    public const string Picture = "picture.m3u8";
    public const string Sound = "sound.m3u8";
    public const string Edges = "edges.mp4";
    public const string SoundFile = "sound.mp4";

    /// <summary>About four seconds, and no end of a piece on its way.</summary>
    private const long FramesPerSegment = 187;

    private readonly List<HlsSegment> _pictures = [];
    private readonly List<HlsSegment> _sounds = [];
    private readonly BoxWriter _writer = new();
    private readonly HashSet<SeatInit> _used = [];
    private readonly Dictionary<string, IReadOnlyList<MatroskaCluster>> _clusters = [];
    private (int Number, IReadOnlyList<ReadOnlyMemory<byte>> Frames) _mixed = (-1, []);

    /// <summary>Names of the files in the order in which they are stored: the master last.</summary>
    public static IReadOnlyList<string> Files { get; } = [Edges, SoundFile, Picture, Sound, Master];

    public WrittenFilm Write(IReadOnlyList<FilmPart> parts)
    {
        Directory.CreateDirectory(folder);
        using (var edges = File.Create(Path.Combine(folder, Edges)))
        using (var sound = File.Create(Path.Combine(folder, SoundFile)))
        {
            sound.Write(Mp4Init.Aac());
            foreach (var part in parts)
            {
                foreach (var (from, to) in AddPictures(part, edges))
                {
                    AddSound(from, to, sound);
                }
            }
        }

        var picture = new HlsTrack(Picture, _pictures, [.. _used.Select(init => init.Codec).Distinct()], _used.Max(init => init.Width), _used.Max(init => init.Height));
        var voices = new HlsTrack(Sound, _sounds, ["mp4a.40.2"]);
        var target = Math.Max(picture.TargetSeconds, voices.TargetSeconds);
        File.WriteAllText(Path.Combine(folder, Picture), HlsText.Media(picture, target));
        File.WriteAllText(Path.Combine(folder, Sound), HlsText.Media(voices, target));
        File.WriteAllText(Path.Combine(folder, Master), HlsText.Master(picture, voices));
        return new WrittenFilm((long)(picture.Seconds * 1000), parts);
    }

    // A stretch is what players may decode in one go: one seat, one header. Sound begins anew with each of them, as it must (RFC 8216 §6.2.4).
    private IEnumerable<(long FromMs, long ToMs)> AddPictures(FilmPart part, FileStream edges)
    {
        var source = sources[part.TrackId];
        var (begin, map, at) = (part.FromMs, "", part.FromMs);
        foreach (var (segment, init, from, to) in Segments(part, source, edges))
        {
            var isNew = segment.Map != map;
            if (isNew && at > begin)
            {
                yield return (begin, at);
                begin = at;
            }

            _pictures.Add(isNew ? segment with { Begins = bell.AddMilliseconds(from) } : segment);
            _used.Add(init);
            (map, at) = (segment.Map, to);
        }

        if (at > begin)
        {
            yield return (begin, at);
        }
    }

    private IEnumerable<(HlsSegment Segment, SeatInit Init, long FromMs, long ToMs)> Segments(FilmPart part, FilmSource source, FileStream edges)
    {
        var (from, to) = (part.FromMs - source.StartMs, part.ToMs - source.StartMs);
        var whole = source.Index.Pictures.Where(piece => piece.FromMs >= from && piece.ToMs <= to).ToList();
        // The last picture of a file may have to stay longer than its segment says.
        if (whole.Count > 0 && whole[^1] == source.Index.Pictures[^1] && whole[^1].ToMs < to)
        {
            whole.RemoveAt(whole.Count - 1);
        }

        var first = whole.Count == 0 ? to : whole[0].FromMs;
        var last = whole.Count == 0 ? to : whole[^1].ToMs;
        return Edge(source, from, first, edges)
            .Concat(whole.Select(piece => Whole(source, piece)))
            .Concat(last < to ? Edge(source, last, to, edges) : []);
    }

    private static (HlsSegment Segment, SeatInit Init, long FromMs, long ToMs) Whole(FilmSource source, SeatPiece piece)
    {
        var init = source.Index.Inits[piece.Init];
        var segment = new HlsSegment($"../{source.TrackId}/{piece.File}", null, (piece.ToMs - piece.FromMs) / 1000.0, piece.Bytes, HlsText.Map($"../{source.TrackId}/{init.File}"));
        return (segment, init, source.StartMs + piece.FromMs, source.StartMs + piece.ToMs);
    }

    private List<(HlsSegment Segment, SeatInit Init, long FromMs, long ToMs)> Edge(FilmSource source, long from, long to, FileStream edges)
    {
        var made = new List<(HlsSegment, SeatInit, long, long)>();
        if (from >= to)
        {
            return made;
        }

        PictureCutter? cutter = null;
        foreach (var block in Blocks(source.Capture, from, to, configuration => cutter = new PictureCutter(configuration, TrackFollower.SegmentMs, Put)))
        {
            cutter!.Add(block);
        }

        cutter?.Finish(to);
        return made;

        void Put(PictureCut cut)
        {
            var init = source.Index.Inits.Find(init => init.Configuration.AsSpan().SequenceEqual(cut.Format.CodecPrivate))
                ?? throw new PipelineException("A captured file has changed while its film was made.", retry: true);
            _writer.Clear();
            Mp4Fragment.Write(_writer, (uint)_pictures.Count + 1, TrackFollower.DecodeTime(source.StartMs + cut.FromMs), cut.Samples());
            var range = (Length: (long)_writer.Length, Offset: edges.Position);
            edges.Write(_writer.Written);
            var segment = new HlsSegment(Edges, range, (cut.ToMs - cut.FromMs) / 1000.0, range.Length, HlsText.Map($"../{source.TrackId}/{init.File}"));
            made.Add((segment, init, source.StartMs + cut.FromMs, source.StartMs + cut.ToMs));
        }
    }

    // From the key frame on, which lies in the last cluster that does not begin after it.
    private IEnumerable<MatroskaBlock> Blocks(string capture, long from, long to, Action<byte[]> begin)
    {
        var cluster = ClustersOf(capture).LastOrDefault(cluster => cluster.TimestampMs <= from);
        using var blocks = new MatroskaBlocks(capture);
        if (cluster is not null)
        {
            blocks.Seek(cluster.Start);
            begin(blocks.PictureConfiguration);
        }

        var read = new List<MatroskaBlock>();
        for (var isDone = cluster is null; !isDone && blocks.TryRead(read); read.Clear())
        {
            foreach (var block in read.Where(block => block.Track == MatroskaHeader.VideoTrack && block.AtMs >= from))
            {
                if (block.AtMs >= to)
                {
                    isDone = true;
                    break;
                }

                yield return block;
            }
        }
    }

    // A look through a lesson's file takes a while, and every switch begins somewhere in it.
    private IReadOnlyList<MatroskaCluster> ClustersOf(string capture)
    {
        if (!_clusters.TryGetValue(capture, out var clusters))
        {
            using var file = File.OpenRead(capture);
            _clusters[capture] = clusters = MatroskaScan.Read(file).Clusters;
        }

        return clusters;
    }

    private void AddSound(long fromMs, long toMs, FileStream file)
    {
        var (from, to) = (FrameAt(fromMs), FrameAt(toMs));
        for (var first = from; first < to; first += FramesPerSegment)
        {
            var last = to - first < FramesPerSegment * 3 / 2 ? to : first + FramesPerSegment;
            var samples = Enumerable.Range(0, (int)(last - first)).Select(i => new Mp4Sample(SoundMixer.SamplesPerFrame, 0, IsKey: true, Frame(first + i))).ToList();
            _writer.Clear();
            Mp4Fragment.Write(_writer, (uint)_sounds.Count + 1, first * SoundMixer.SamplesPerFrame, samples);
            var range = (Length: (long)_writer.Length, Offset: file.Position);
            file.Write(_writer.Written);
            var seconds = (double)(last - first) * SoundMixer.SamplesPerFrame / Mp4Init.SoundScale;
            _sounds.Add(new HlsSegment(SoundFile, range, seconds, range.Length, HlsText.Map(SoundFile, (Mp4Init.Aac().Length, 0)), first == from ? bell.AddMilliseconds(fromMs) : null));
            if (last == to)
            {
                break;
            }
        }
    }

    private ReadOnlyMemory<byte> Frame(long number)
    {
        var piece = (int)(number / SoundMixer.FramesPerPiece);
        if (_mixed.Number != piece)
        {
            _mixed = (piece, mixer.Read(piece));
        }

        var at = (int)(number % SoundMixer.FramesPerPiece);
        return at < _mixed.Frames.Count ? _mixed.Frames[at] : throw new PipelineException("The lesson's mixed sound is not whole.", retry: true);
    }

    private static long FrameAt(long lessonMs) =>
        (long)Math.Round((lessonMs + TrackFollower.EpochMs) * (Mp4Init.SoundScale / 1000) / (double)SoundMixer.SamplesPerFrame);
}
