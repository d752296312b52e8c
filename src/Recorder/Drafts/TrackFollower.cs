using Classroom.Data;
using Classroom.Recorder.Matroska;
using Classroom.Recorder.Mp4;

namespace Classroom.Recorder.Drafts;

/// <summary>
/// Follows one captured file while it is being written and makes HLS segments of it: pictures and sound apart, both as they were
/// sent. Goes on where an earlier process was stopped.
/// </summary>
internal sealed class TrackFollower : IDisposable
{
    /// <summary>A segment of pictures is at least this long; key frames come every eight seconds or sooner.</summary>
    public const int SegmentMs = 4000;

    /// <summary>Segments count from this long before the bell: their times must not be negative, and what is captured may begin a little earlier.</summary>
    public const int EpochMs = 10_000;

    /// <summary>How long the last picture of a file stays.</summary>
    private const int LastPictureMs = 40;

    private readonly RecordingTrack _track;
    private readonly string _folder;
    private readonly MatroskaBlocks _blocks;
    private readonly List<MatroskaBlock> _read = [];
    private readonly SoundCutter _sounds;
    private readonly BoxWriter _writer = new();
    private readonly long _pictureFrom;
    private readonly long _soundFrom;
    private PictureCutter? _pictures;
    private Codecs.VideoFormat? _format;

    /// <param name="capture">The captured file.</param>
    /// <param name="folder">Where the segments go.</param>
    public TrackFollower(RecordingTrack track, string capture, string folder)
    {
        (_track, _folder) = (track, folder);
        Index = new SeatIndex(folder);
        _blocks = new MatroskaBlocks(capture);
        _sounds = new SoundCutter(WriteSound);
        _pictureFrom = Index.Pictures.Count == 0 ? long.MinValue : Index.Pictures[^1].ToMs;
        _soundFrom = Index.Sounds.Count == 0 ? long.MinValue : Index.Sounds[^1].ToMs;
    }

    public SeatIndex Index { get; }

    public RecordingTrack Track => _track;

    /// <summary>How far the file was read, on the lesson clock.</summary>
    public long EndMs { get; private set; } = long.MinValue;

    public bool IsFinished { get; private set; }

    /// <summary>Sound that was read and is not mixed yet, on the lesson clock.</summary>
    public Queue<SoundPacket> Unmixed { get; } = new();

    /// <summary>Pictures that are not H.264 cannot be shown as they are.</summary>
    public static bool CanCopy(RecordingTrack track) => track.VideoCodec is null or "H264";

    /// <summary>Takes what has been written since the last time.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Follow()
    {
        while (!IsFinished && _blocks.TryRead(_read))
        {
            foreach (var block in _read)
            {
                Take(block);
            }

            _read.Clear();
        }
    }

    /// <summary>The file is closed: what is left becomes the last segments.</summary>
    public void Finish()
    {
        if (!IsFinished)
        {
            Follow();
            _pictures?.Finish(EndMs - _track.StartMs + LastPictureMs);
            _sounds.Finish();
            IsFinished = true;
        }
    }

    /// <summary>Pictures that were encoded anew, because they could not be copied, become the segments of this file.</summary>
    public void TakePictures(string encoded)
    {
        if (Index.Pictures.Count > 0)
        {
            return;
        }

        using var blocks = new MatroskaBlocks(encoded);
        PictureCutter? cutter = null;
        var end = 0L;
        while (blocks.TryRead(_read))
        {
            cutter ??= new PictureCutter(blocks.PictureConfiguration, SegmentMs, WritePicture);
            foreach (var block in _read)
            {
                cutter.Add(block);
                end = block.AtMs;
            }

            _read.Clear();
        }

        cutter?.Finish(end + LastPictureMs);
    }

    public void Dispose()
    {
        _blocks.Dispose();
        Index.Dispose();
    }

    private void Take(MatroskaBlock block)
    {
        EndMs = Math.Max(EndMs, _track.StartMs + block.AtMs);
        if (block.Track == MatroskaHeader.VideoTrack && _track.VideoCodec is not null)
        {
            if (CanCopy(_track) && block.AtMs >= _pictureFrom)
            {
                _pictures ??= new PictureCutter(_blocks.PictureConfiguration, SegmentMs, WritePicture);
                _pictures.Add(block);
            }

            return;
        }

        Unmixed.Enqueue(new SoundPacket(_track.StartMs + block.AtMs, block.Data));
        if (block.AtMs >= _soundFrom)
        {
            _sounds.Add(new SoundPacket(block.AtMs, block.Data));
        }
    }

    private void WritePicture(PictureCut cut)
    {
        if (_format != cut.Format)
        {
            _format = cut.Format;
            AddInit(cut.Format);
        }

        Mp4Fragment.Write(_writer, (uint)Index.Pictures.Count + 1, DecodeTime(_track.StartMs + cut.FromMs), cut.Samples());
        AddPiece($"p{Index.Pictures.Count:00000}.m4s", isPicture: true, cut.FromMs, cut.ToMs, Index.Inits.Count - 1, [.. cut.Frames.Where(frame => frame.IsKey).Select(frame => frame.AtMs)]);
    }

    private void WriteSound(SoundCut cut)
    {
        if (Index.Sounds.Count == 0)
        {
            File.WriteAllBytes(Path.Combine(_folder, SeatIndex.SoundInit), Mp4Init.Opus());
        }

        const int TicksPerMs = Mp4Init.SoundScale / 1000;
        Mp4Fragment.Write(_writer, (uint)Index.Sounds.Count + 1, ((_track.StartMs + EpochMs) * TicksPerMs) + cut.FromTicks, cut.Samples);
        AddPiece($"s{Index.Sounds.Count:00000}.m4s", isPicture: false, cut.FromTicks / TicksPerMs, cut.ToTicks / TicksPerMs, 0, []);
    }

    /// <summary>In ticks, from <see cref="EpochMs"/> before the bell.</summary>
    /// <param name="lessonMs">On the lesson clock.</param>
    public static long DecodeTime(long lessonMs) => (lessonMs + EpochMs) * (Mp4Init.PictureScale / 1000);

    private void AddInit(Codecs.VideoFormat format)
    {
        var init = Mp4Init.Avc(format);
        var file = $"init{Index.Inits.Count}.mp4";
        File.WriteAllBytes(Path.Combine(_folder, file), init);
        Index.Add(new SeatInit(file, format.Width, format.Height, CodecName.Of(init), format.CodecPrivate));
    }

    private void AddPiece(string file, bool isPicture, long fromMs, long toMs, int init, long[] keys)
    {
        using (var target = File.Create(Path.Combine(_folder, file), bufferSize: 0))
        {
            target.Write(_writer.Written);
        }

        Index.Add(new SeatPiece(file, isPicture, fromMs, toMs, init, _writer.Length, keys));
        _writer.Clear();
    }
}
