using System.Buffers.Binary;

namespace Classroom.Rtc.Stun;

/// <summary>The attributes of a STUN message in order: type, length, value padded to four bytes (RFC 8489, 14).</summary>
public readonly ref struct StunAttributes
{
    private readonly ReadOnlySpan<byte> _data;

    internal StunAttributes(ReadOnlySpan<byte> data) => _data = data;

    public Enumerator GetEnumerator() => new(_data);

    internal static int Padded(int length) => (length + 3) & ~3;

    internal static bool AreWellFormed(ReadOnlySpan<byte> data)
    {
        while (data.Length >= 4)
        {
            var total = 4 + Padded(BinaryPrimitives.ReadUInt16BigEndian(data[2..]));
            if (total > data.Length)
            {
                return false;
            }

            data = data[total..];
        }

        return data.IsEmpty;
    }

    /// <summary>One attribute without its padding.</summary>
    public readonly ref struct Item
    {
        internal Item(StunAttribute type, ReadOnlySpan<byte> value)
        {
            Type = type;
            Value = value;
        }

        public StunAttribute Type { get; }

        public ReadOnlySpan<byte> Value { get; }
    }

    /// <summary>Walks well-formed attributes.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> data)
        {
            _rest = data;
            Current = default;
        }

        public Item Current { get; private set; }

        public bool MoveNext()
        {
            if (_rest.Length < 4)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
            Current = new Item((StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(_rest), _rest.Slice(4, length));
            _rest = _rest[(4 + Padded(length))..];
            return true;
        }
    }
}
