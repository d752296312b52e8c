namespace Classroom.Recorder.Pipeline.Film;

/// <summary>What the catalogue says about a film, for its cards.</summary>
/// <param name="Path">Its place in the catalogue, "小学 › 五年级 › 数学"; may be empty.</param>
/// <param name="Text">A line of the card's own.</param>
internal sealed record CardWords(string Title, string Path, string Teacher, string School, string Text = "")
{
    public static readonly CardWords None = new("", "", "", "");
}
