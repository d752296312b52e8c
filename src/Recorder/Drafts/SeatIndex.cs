using System.Text;
using System.Text.Json;
using Classroom.Recorder.Capture;

namespace Classroom.Recorder.Drafts;

/// <summary>A media segment of one captured file.</summary>
/// <param name="FromMs">In milliseconds of the file's time.</param>
/// <param name="ToMs">Where the next one may begin: the last picture stays until then.</param>
/// <param name="Init">Number of the header it needs; sound has one of its own.</param>
/// <param name="Keys">Key frames in it, where a film can cut in; the first is its begin. Empty for sound.</param>
internal sealed record SeatPiece(string File, bool IsPicture, long FromMs, long ToMs, int Init, long Bytes, long[] Keys);

/// <summary>A header of pictures: sizes and parameter sets may change while a file is captured.</summary>
/// <param name="Codec">RFC 6381 name.</param>
/// <param name="Configuration">AVCDecoderConfigurationRecord: what tells it from another.</param>
internal sealed record SeatInit(string File, int Width, int Height, string Codec, byte[] Configuration);

/// <summary>
/// The segments that were cut of a captured file, one JSON line each, so that whoever comes after a killed process goes on where
/// it was. A line is written after its file.
/// </summary>
internal sealed class SeatIndex : IDisposable
{
    public const string FileName = "pieces.log";
    public const string SoundInit = "sound-init.mp4";
    private readonly FileStream _log;

    public SeatIndex(string folder)
    {
        // Nobody else cuts this file meanwhile: two processes would cut everything twice.
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, FileName);
        _log = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        using var reader = new StreamReader(_log, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            Load(line);
        }

        _log.Write("\n"u8); // Behind half a line, if there is one.
    }

    public List<SeatInit> Inits { get; } = [];

    public List<SeatPiece> Pictures { get; } = [];

    public List<SeatPiece> Sounds { get; } = [];

    public void Add(SeatInit init)
    {
        Write(new Line(init, null));
        Inits.Add(init);
    }

    public void Add(SeatPiece piece)
    {
        Write(new Line(null, piece));
        (piece.IsPicture ? Pictures : Sounds).Add(piece);
    }

    public void Dispose() => _log.Dispose();

    private void Write(Line line) => _log.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, CaptureJson.Options) + "\n"));

    private void Load(string text)
    {
        var line = Parse(text);
        if (line?.Init is { } init)
        {
            Inits.Add(init);
        }

        if (line?.Piece is { } piece)
        {
            (piece.IsPicture ? Pictures : Sounds).Add(piece);
        }
    }

    // The last line of a killed process may be half a line; what it was about is cut again.
    private static Line? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonSerializer.Deserialize<Line>(text, CaptureJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Line(SeatInit? Init, SeatPiece? Piece);
}
