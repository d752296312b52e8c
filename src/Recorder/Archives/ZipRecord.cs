namespace Classroom.Recorder.Archives;

/// <summary>The three records of one file in an archive: before it, after it, and in the directory (APPNOTE 4.3.7, 4.3.9, 4.3.12).</summary>
/// <param name="offset">Where its local record begins in the archive.</param>
internal sealed class ZipRecord(byte[] name, long length, DateTime modifiedAt, long offset)
{
    /// <summary>The greatest value of a 32-bit field means: look into the ZIP64 field.</summary>
    public const uint Overflow = uint.MaxValue;

    public const ushort Version = 20;
    public const ushort Version64 = 45;

    private const uint LocalSignature = 0x04034B50;
    private const uint DescriptorSignature = 0x08074B50;
    private const uint CentralSignature = 0x02014B50;
    private const ushort Zip64Field = 1;

    // Bit 3: the check follows the file; bit 11: the name is UTF-8.
    private const ushort Flags = (1 << 3) | (1 << 11);

    private readonly bool _isLong = length >= Overflow;
    private readonly bool _isFar = offset >= Overflow;

    public int LocalLength => 30 + name.Length + (_isLong ? 20 : 0);

    public int DescriptorLength => _isLong ? 24 : 16;

    public int CentralLength => 46 + name.Length + (FieldLength > 0 ? 4 + FieldLength : 0);

    private int FieldLength => (_isLong ? 16 : 0) + (_isFar ? 8 : 0);

    public byte[] Local()
    {
        var record = new byte[LocalLength];
        var field = new ZipFields(record).U32(LocalSignature).U16(_isLong ? Version64 : Version).U16(Flags).U16(0).U32(DosTime(modifiedAt)).U32(0);

        // Check and lengths are in the descriptor; a field for long lengths here says that the descriptor has long ones.
        field.U32(_isLong ? Overflow : 0).U32(_isLong ? Overflow : 0).U16((ushort)name.Length).U16((ushort)(_isLong ? 20 : 0)).Bytes(name);
        if (_isLong)
        {
            field.U16(Zip64Field).U16(16).U64(0).U64(0);
        }

        return record;
    }

    public byte[] Descriptor(uint check)
    {
        var record = new byte[DescriptorLength];
        var field = new ZipFields(record).U32(DescriptorSignature).U32(check);
        if (_isLong)
        {
            field.U64(length).U64(length);
        }
        else
        {
            field.U32((uint)length).U32((uint)length);
        }

        return record;
    }

    public byte[] Central(uint check)
    {
        var record = new byte[CentralLength];
        var version = _isLong || _isFar ? Version64 : Version;
        var size = _isLong ? Overflow : (uint)length;
        var field = new ZipFields(record).U32(CentralSignature).U16(version).U16(version).U16(Flags).U16(0).U32(DosTime(modifiedAt)).U32(check)
            .U32(size).U32(size).U16((ushort)name.Length).U16((ushort)(FieldLength > 0 ? 4 + FieldLength : 0));

        // No comment, first disk, no attributes.
        field.U16(0).U16(0).U16(0).U32(0).U32(_isFar ? Overflow : (uint)offset).Bytes(name);
        if (FieldLength > 0)
        {
            field.U16(Zip64Field).U16((ushort)FieldLength);
        }

        if (_isLong)
        {
            field.U64(length).U64(length);
        }

        if (_isFar)
        {
            field.U64(offset);
        }

        return record;
    }

    /// <summary>Time, then date, in steps of two seconds; from 1980 to 2107.</summary>
    private static uint DosTime(DateTime at)
    {
        var year = Math.Clamp(at.Year, 1980, 2107) - 1980;
        var date = (year << 9) | (at.Month << 5) | at.Day;
        var time = (at.Hour << 11) | (at.Minute << 5) | (at.Second / 2);
        return ((uint)date << 16) | (uint)time;
    }
}
