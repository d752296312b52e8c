namespace Classroom.Recorder.Archives;

/// <summary>What ends an archive: where its directory is (APPNOTE 4.3.14 to 4.3.16).</summary>
internal static class ZipEnd
{
    private const uint EndSignature = 0x06054B50;
    private const uint End64Signature = 0x06064B50;
    private const uint LocatorSignature = 0x07064B50;
    private const int EndLength = 22;
    private const int End64Length = 56;
    private const int LocatorLength = 20;

    public static int LengthFor(int files, long directoryAt, long directoryLength) =>
        EndLength + (Is64(files, directoryAt, directoryLength) ? End64Length + LocatorLength : 0);

    public static byte[] Write(int files, long directoryAt, long directoryLength)
    {
        var end = new byte[LengthFor(files, directoryAt, directoryLength)];
        var field = new ZipFields(end);
        var is64 = Is64(files, directoryAt, directoryLength);
        if (is64)
        {
            field.U32(End64Signature).U64(End64Length - 12).U16(ZipRecord.Version64).U16(ZipRecord.Version64).U32(0).U32(0)
                .U64(files).U64(files).U64(directoryLength).U64(directoryAt)
                .U32(LocatorSignature).U32(0).U64(directoryAt + directoryLength).U32(1);
        }

        // Greatest values: look into the record before.
        var count = is64 ? ushort.MaxValue : (ushort)files;
        field.U32(EndSignature).U16(0).U16(0).U16(count).U16(count)
            .U32(is64 ? ZipRecord.Overflow : (uint)directoryLength).U32(is64 ? ZipRecord.Overflow : (uint)directoryAt).U16(0);
        return end;
    }

    private static bool Is64(int files, long directoryAt, long directoryLength) =>
        files >= ushort.MaxValue || directoryAt >= ZipRecord.Overflow || directoryLength >= ZipRecord.Overflow;
}
