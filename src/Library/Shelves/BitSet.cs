namespace Classroom.Library.Shelves;

/// <summary>A set of small numbers, one bit each: a million courses in 125 kB.</summary>
internal sealed class BitSet
{
    private ulong[] _words = [];

    public int Count { get; private set; }

    public void Add(int number)
    {
        var word = number >> 6;
        if (word >= _words.Length)
        {
            Array.Resize(ref _words, Math.Max(word + 1, _words.Length * 2));
        }

        _words[word] |= 1UL << number;
        Count++;
    }

    public bool Has(int number) => number >> 6 < _words.Length && (_words[number >> 6] & (1UL << number)) != 0;
}
