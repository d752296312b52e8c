using System.Buffers;
using System.Text;
using Classroom.Rtc;

namespace Classroom.Recorder.Archives;

/// <summary>
/// A ZIP archive of files as they are (APPNOTE 6.3.10, method 0), written forwards only: the check of a file follows it in a data descriptor.
/// So nothing is kept anywhere, and the length is known before the first byte. What passes four gigabytes is written as ZIP64.
/// </summary>
internal sealed class StoredZip
{
    private readonly (ZipEntry Entry, ZipRecord Record)[] _files;
    private readonly long _directoryAt;
    private readonly long _directoryLength;

    public StoredZip(IEnumerable<ZipEntry> entries)
    {
        var files = new List<(ZipEntry, ZipRecord)>();
        foreach (var entry in entries)
        {
            var record = new ZipRecord(Encoding.UTF8.GetBytes(entry.Name), entry.Length, entry.ModifiedAt, _directoryAt);
            _directoryAt += record.LocalLength + entry.Length + record.DescriptorLength;
            _directoryLength += record.CentralLength;
            files.Add((entry, record));
        }

        _files = [.. files];
    }

    /// <summary>Of the whole archive, in bytes.</summary>
    public long Length => _directoryAt + _directoryLength + ZipEnd.LengthFor(_files.Length, _directoryAt, _directoryLength);

    /// <exception cref="EndOfStreamException">A file is shorter than it was said to be; the archive is broken off.</exception>
    public async Task WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        var checks = new uint[_files.Length];
        foreach (var (index, (entry, record)) in _files.Index())
        {
            await output.WriteAsync(record.Local(), cancellationToken);
            checks[index] = await CopyAsync(entry, output, cancellationToken);
            await output.WriteAsync(record.Descriptor(checks[index]), cancellationToken);
        }

        foreach (var (index, (_, record)) in _files.Index())
        {
            await output.WriteAsync(record.Central(checks[index]), cancellationToken);
        }

        await output.WriteAsync(ZipEnd.Write(_files.Length, _directoryAt, _directoryLength), cancellationToken);
    }

    private static async Task<uint> CopyAsync(ZipEntry entry, Stream output, CancellationToken cancellationToken)
    {
        await using var file = await entry.OpenAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            var (check, left) = (0u, entry.Length);
            while (left > 0)
            {
                var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, left));
                var read = await file.ReadAsync(part, cancellationToken);
                if (read == 0)
                {
                    throw new EndOfStreamException($"{entry.Name} ends {left} bytes early.");
                }

                check = Crc32.Append(check, part.Span[..read]);
                await output.WriteAsync(part[..read], cancellationToken);
                left -= read;
            }

            return check;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
