using System.Buffers.Binary;

namespace Classroom.Rtc.Rtcp;

/// <summary>A source description: items of text by SSRC (RFC 3550, 6.5). Enumerate it.</summary>
public readonly ref struct SourceDescription
{
    /// <summary>The canonical name that joins the streams of one source.</summary>
    public const byte CName = 1;

    private readonly ReadOnlySpan<byte> _body;
    private readonly int _chunks;

    internal SourceDescription(ReadOnlySpan<byte> body, int chunks)
    {
        _body = body;
        _chunks = chunks;
    }

    public Enumerator GetEnumerator() => new(_body, _chunks);

    /// <summary>One item.</summary>
    public readonly ref struct Item
    {
        internal Item(uint ssrc, byte type, ReadOnlySpan<byte> text)
        {
            Ssrc = ssrc;
            Type = type;
            Text = text;
        }

        public uint Ssrc { get; }

        /// <summary><see cref="CName"/> or another.</summary>
        public byte Type { get; }

        /// <summary>UTF-8, at most 255 bytes.</summary>
        public ReadOnlySpan<byte> Text { get; }
    }

    /// <summary>Walks the items of all chunks; stops silently where they do not fit.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _body;
        private int _chunksLeft;
        private int _position;
        private uint _ssrc;
        private bool _inChunk;

        internal Enumerator(ReadOnlySpan<byte> body, int chunks)
        {
            _body = body;
            _chunksLeft = chunks;
            _position = 0;
            _ssrc = 0;
            _inChunk = false;
            Current = default;
        }

        public Item Current { get; private set; }

        public bool MoveNext()
        {
            while (_inChunk || TryEnterChunk())
            {
                if (_position >= _body.Length)
                {
                    return false;
                }

                if (_body[_position] == 0)
                {
                    // A zero ends the chunk, which is padded to four bytes.
                    _position = (_position + 4) & ~3;
                    _inChunk = false;
                    continue;
                }

                return TryReadItem();
            }

            return false;
        }

        private bool TryEnterChunk()
        {
            if (_chunksLeft == 0 || _position + 4 > _body.Length)
            {
                return false;
            }

            _ssrc = BinaryPrimitives.ReadUInt32BigEndian(_body[_position..]);
            _position += 4;
            _chunksLeft--;
            _inChunk = true;
            return true;
        }

        private bool TryReadItem()
        {
            var rest = _body[_position..];
            if (rest.Length < 2 || rest.Length < 2 + rest[1])
            {
                _position = _body.Length;
                return false;
            }

            Current = new Item(_ssrc, rest[0], rest.Slice(2, rest[1]));
            _position += 2 + rest[1];
            return true;
        }
    }
}

/// <summary>Says that streams have ended (RFC 3550, 6.6).</summary>
public readonly ref struct Goodbye
{
    private readonly ReadOnlySpan<byte> _body;

    internal Goodbye(ReadOnlySpan<byte> body, int count)
    {
        _body = body;
        Count = count;
    }

    /// <summary>Number of SSRCs, 0 to 31.</summary>
    public int Count { get; }

    /// <summary>Why, in UTF-8; often empty.</summary>
    public ReadOnlySpan<byte> Reason
    {
        get
        {
            var rest = _body[(Count * 4)..];
            return !rest.IsEmpty && rest.Length > rest[0] ? rest.Slice(1, rest[0]) : default;
        }
    }

    public uint this[int index] => BinaryPrimitives.ReadUInt32BigEndian(_body[..(Count * 4)][(index * 4)..]);
}
