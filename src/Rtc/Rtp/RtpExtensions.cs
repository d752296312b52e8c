using System.Buffers.Binary;

namespace Classroom.Rtc.Rtp;

/// <summary>The elements of a header extension block in the one-byte or the two-byte form (RFC 8285, 4.2 and 4.3).</summary>
public readonly ref struct RtpExtensions
{
    private const ushort OneByteProfile = 0xBEDE;
    private readonly ReadOnlySpan<byte> _elements;
    private readonly bool _twoByte;

    internal RtpExtensions(ReadOnlySpan<byte> header, int offset)
    {
        var profile = BinaryPrimitives.ReadUInt16BigEndian(header[offset..]);
        _twoByte = (profile & 0xFFF0) == 0x1000;
        // Another profile is legal RTP, but nothing in it is ours to read.
        _elements = _twoByte || profile == OneByteProfile ? header[(offset + 4)..] : default;
    }

    public bool TryGet(int id, out ReadOnlySpan<byte> value)
    {
        foreach (var element in this)
        {
            if (element.Id == id)
            {
                value = element.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    public Enumerator GetEnumerator() => new(_elements, _twoByte);

    /// <summary>One element of the block.</summary>
    public readonly ref struct Element
    {
        internal Element(int id, ReadOnlySpan<byte> value)
        {
            Id = id;
            Value = value;
        }

        /// <summary>1 to 14 in the one-byte form, 1 to 255 in the two-byte form.</summary>
        public int Id { get; }

        public ReadOnlySpan<byte> Value { get; }
    }

    /// <summary>Walks the elements; stops silently at the first one that does not fit.</summary>
    public ref struct Enumerator
    {
        private readonly bool _twoByte;
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> elements, bool twoByte)
        {
            _rest = elements;
            _twoByte = twoByte;
            Current = default;
        }

        public Element Current { get; private set; }

        public bool MoveNext()
        {
            // An id of 0 is one byte of padding between elements.
            var start = _rest.IndexOfAnyExcept((byte)0);
            if (start < 0)
            {
                return false;
            }

            _rest = _rest[start..];
            return _twoByte ? MoveTwoByte() : MoveOneByte();
        }

        private bool MoveOneByte()
        {
            var id = _rest[0] >> 4;
            var length = (_rest[0] & 0x0F) + 1;
            // Id 15 ends the block; id 0 with a length is padding that RFC 8285 forbids.
            return id is not 0 and not 15 && Take(id, 1, length);
        }

        private bool MoveTwoByte() => _rest.Length >= 2 && Take(_rest[0], 2, _rest[1]);

        private bool Take(int id, int prefix, int length)
        {
            if (_rest.Length < prefix + length)
            {
                return false;
            }

            Current = new Element(id, _rest.Slice(prefix, length));
            _rest = _rest[(prefix + length)..];
            return true;
        }
    }
}
