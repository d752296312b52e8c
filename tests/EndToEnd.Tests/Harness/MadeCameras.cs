using System.Text.Json;

namespace Classroom.EndToEnd.Tests.Harness;

/// <summary>What a browser's cameras show: see cameras.js.</summary>
/// <param name="School">0 to 15, the mark that is read from the pixels; the tone is 600 Hz + 200 Hz × this.</param>
/// <param name="Name">Drawn into the picture.</param>
/// <param name="Cameras">Their labels, one for each seat; null: no camera.</param>
/// <param name="BrowsersMicrophone">The browser's own fake microphone hums instead of the beeps: Firefox runs no AudioContext on a machine without a sound card.</param>
public sealed record MadeCameras(int School, string Name, string[]? Cameras, bool BrowsersMicrophone = false)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>For someone who sends nothing; the reading functions are there all the same.</summary>
    public static MadeCameras None { get; } = new(15, "", null);

    /// <summary>Pixels of the cameras; 320 by 180 unless given.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>The cameras see so much that their pictures take all the bits that they may.</summary>
    public bool IsLively { get; init; }

    /// <summary>A screen with slides can be shared.</summary>
    public bool HasSlides { get; init; }

    internal string InitScript => $"{Resource()}({JsonSerializer.Serialize(this, s_json)});";

    private static string Resource()
    {
        using var reader = new StreamReader(typeof(MadeCameras).Assembly.GetManifestResourceStream("cameras.js")!);
        return reader.ReadToEnd().TrimEnd().TrimEnd(';');
    }
}

/// <summary>A mark read from a picture.</summary>
public sealed record PictureMark(int School, int Seat, double AgeMs);
