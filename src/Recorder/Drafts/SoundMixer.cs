using Classroom.Recorder.Matroska;
using Classroom.Recorder.Pipeline;

namespace Classroom.Recorder.Drafts;

/// <summary>
/// Mixes everybody's sound to AAC, a minute at a time while the lesson runs, because a whole lesson takes longer than anybody
/// waits. The pieces are made by encoders of their own, which begin a little earlier: of two neighbours the last frame of one and
/// the first of the other come from the same sound, so that nothing is heard where they meet.
/// </summary>
internal sealed class SoundMixer(string folder, FfmpegRunner ffmpeg)
{
    public const int SamplesPerFrame = 1024;

    /// <summary>Three frames are 64 ms: pieces of whole milliseconds and of whole frames.</summary>
    public const int FramesPerPiece = 2814;

    public const int PieceMs = FramesPerPiece * 64 / 3;

    // The encoder gives its first frame out before its first sample.
    private const int EncoderDelayFrames = 1;
    private const int EarlierFrames = 9;
    private const int EarlierMs = EarlierFrames * 64 / 3;
    private const int LaterFrames = 3;

    // Holes of lost packets become silence, and a sender's clock that runs fast or slow is followed by up to 2,000 ppm.
    private const string InTime = "aresample=48000:async=100:min_comp=0.004:min_hard_comp=0.015,aformat=sample_fmts=fltp:channel_layouts=stereo";

    /// <summary>The piece that holds a time of the lesson.</summary>
    public static int PieceAt(long lessonMs) => (int)Math.Max(0, (lessonMs + TrackFollower.EpochMs) / PieceMs);

    /// <summary>Begin of a piece on the lesson clock.</summary>
    public static long FromMs(int piece) => ((long)piece * PieceMs) - TrackFollower.EpochMs;

    public bool Has(int piece) => File.Exists(PathOf(piece));

    /// <summary>The frames of a piece; empty when it was not made.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Read(int piece) => Has(piece) ? AdtsFrames.Read(File.ReadAllBytes(PathOf(piece))) : [];

    /// <summary>Makes a piece.</summary>
    /// <param name="voices">Everybody's packets of that time, in lesson milliseconds.</param>
    /// <exception cref="PipelineException">FFmpeg failed.</exception>
    public async Task MakeAsync(int piece, IReadOnlyList<IReadOnlyList<SoundPacket>> voices, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var inputs = new List<string>();
        var filters = new List<string>();
        var zero = FromMs(piece) - EarlierMs;
        foreach (var voice in voices.Where(voice => voice.Count > 0))
        {
            var file = Path.Combine(folder, $"voice{filters.Count}.mkv");
            WriteVoice(file, voice);
            inputs.AddRange(["-i", file]);
            filters.Add($"[{filters.Count}:a]{InTime},adelay={voice[0].AtMs - zero}:all=1[v{filters.Count}]");
        }

        var whole = Path.Combine(folder, "whole.aac");
        await ffmpeg.RunAsync([.. inputs, "-filter_complex", Graph(filters), "-map", "[m]", "-c:a", "aac", "-aac_coder", "fast", "-b:a", "96k", "-f", "adts", whole], static _ => { }, cancellationToken);
        Keep(whole, PathOf(piece));
        File.Delete(whole);
        foreach (var file in inputs.Where(input => input != "-i"))
        {
            File.Delete(file);
        }
    }

    /// <summary>A voice's packets that a piece needs.</summary>
    public static IReadOnlyList<SoundPacket> Of(IEnumerable<SoundPacket> packets, int piece)
    {
        var from = FromMs(piece) - EarlierMs;
        var to = FromMs(piece + 1) + (LaterFrames * 64 / 3);
        return [.. packets.Where(packet => packet.AtMs >= from && packet.AtMs < to).OrderBy(packet => packet.AtMs)];
    }

    /// <summary>Forgets what no later piece needs.</summary>
    public static void Forget(Queue<SoundPacket> packets, int nextPiece)
    {
        while (packets.TryPeek(out var packet) && packet.AtMs < FromMs(nextPiece) - EarlierMs)
        {
            packets.Dequeue();
        }
    }

    private static string Graph(List<string> filters)
    {
        var samples = (EarlierFrames + FramesPerPiece + LaterFrames) * SamplesPerFrame;
        var mix = filters.Count == 0
            ? "anullsrc=r=48000:cl=stereo"
            : $"{string.Join(';', filters)};{string.Concat(filters.Select((_, i) => $"[v{i}]"))}amix=inputs={filters.Count}:duration=longest:normalize=0,apad";
        return $"{mix},atrim=end_sample={samples}[m]";
    }

    private static void WriteVoice(string path, IReadOnlyList<SoundPacket> voice)
    {
        using var file = File.Create(path);
        var head = new EbmlWriter();
        MatroskaHeader.Write(head, new MatroskaTracks(null, HasAudio: true));
        file.Write(head.Written);
        var cluster = new ClusterWriter();
        foreach (var packet in voice)
        {
            var at = packet.AtMs - voice[0].AtMs;
            if (cluster.IsFullFor(at))
            {
                file.Write(cluster.Close());
                cluster.Clear();
            }

            cluster.Add(MatroskaHeader.AudioTrack, at, isKey: true, packet.Data.Span);
        }

        file.Write(cluster.Close());
    }

    // A piece appears at once and whole.
    private static void Keep(string whole, string target)
    {
        var piece = AdtsFrames.Slice(File.ReadAllBytes(whole), EarlierFrames + EncoderDelayFrames, FramesPerPiece);
        if (piece.IsEmpty)
        {
            throw new PipelineException("The sound of the lesson could not be mixed: the encoder gave too little.", retry: true);
        }

        File.WriteAllBytes(target + ".new", piece.Span);
        File.Move(target + ".new", target, overwrite: true);
    }

    private string PathOf(int piece) => Path.Combine(folder, $"{piece:00000}.aac");
}
