namespace Classroom.Library.Shelves;

/// <summary>Gives each text a small number, 0 to the empty one.</summary>
internal sealed class NumberedTexts
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> _texts = [""];

    public int Count => _texts.Count;

    public string this[int number] => _texts[number];

    public int Add(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        if (_numbers.TryGetValue(text, out var number))
        {
            return number;
        }

        _texts.Add(text);
        return _numbers[text] = _texts.Count - 1;
    }

    /// <summary>For each number whether its text is one of these.</summary>
    public bool[] Marks(Func<string, bool> isMarked)
    {
        var marks = new bool[_texts.Count];
        for (var number = 0; number < marks.Length; number++)
        {
            marks[number] = isMarked(_texts[number]);
        }

        return marks;
    }
}
