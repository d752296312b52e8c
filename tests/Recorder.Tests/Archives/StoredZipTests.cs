using System.IO.Compression;
using System.Text;
using Classroom.Recorder.Archives;
using Classroom.Rtc;
using ZipEntry = Classroom.Recorder.Archives.ZipEntry;

namespace Classroom.Recorder.Tests.Archives;

public sealed class StoredZipTests
{
    private static readonly DateTime At = new(2026, 9, 1, 8, 5, 42);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_come_out_as_they_went_in_and_the_length_is_known_before()
    {
        byte[] film = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31))];
        var zip = new StoredZip([Entry("星海小学/录播教室1/教师特写.mkv", film), Entry("empty.txt", [])]);
        using var written = new MemoryStream();

        await zip.WriteAsync(written, Cancel);

        Assert.Equal(zip.Length, written.Length);
        using var archive = new ZipArchive(written, ZipArchiveMode.Read);
        Assert.Equal(["星海小学/录播教室1/教师特写.mkv", "empty.txt"], archive.Entries.Select(entry => entry.FullName));
        Assert.Equal((film.Length, film.Length, Crc32.Compute(film)), (archive.Entries[0].Length, archive.Entries[0].CompressedLength, archive.Entries[0].Crc32));
        Assert.Equal(At, archive.Entries[0].LastWriteTime.DateTime);
        Assert.Equal(film, await ReadAsync(archive.Entries[0]));
        Assert.Empty(await ReadAsync(archive.Entries[1]));
    }

    [Fact]
    public async Task More_files_than_an_old_directory_counts_are_all_found()
    {
        var zip = new StoredZip(Enumerable.Range(0, 66_000).Select(index => Entry($"{index}", [])));
        using var written = new MemoryStream();

        await zip.WriteAsync(written, Cancel);

        Assert.Equal(zip.Length, written.Length);
        using var archive = new ZipArchive(written, ZipArchiveMode.Read);
        Assert.Equal(66_000, archive.Entries.Count);
        Assert.Equal("65999", archive.Entries[^1].FullName);
    }

    [Fact, Trait("Category", "Long")]
    public async Task Files_past_four_gigabytes_and_what_comes_after_them_are_found()
    {
        var large = (4L << 30) + 12_345;
        var zip = new StoredZip([new ZipEntry("large.mkv", large, At, _ => Task.FromResult<Stream>(new ZeroStream())), Entry("after.txt", "here"u8.ToArray())]);
        await using var written = new SparseStream();

        await zip.WriteAsync(written, Cancel);

        Assert.Equal(zip.Length, written.Length);
        using var archive = new ZipArchive(written, ZipArchiveMode.Read);
        Assert.Equal([large, 4], archive.Entries.Select(entry => entry.Length));
        Assert.Equal("here", Encoding.UTF8.GetString(await ReadAsync(archive.Entries[1])));
        await using var first = archive.Entries[0].Open();
        Assert.Equal(0, first.ReadByte());
    }

    [Fact]
    public async Task A_file_that_is_shorter_than_it_was_breaks_the_archive_off()
    {
        var zip = new StoredZip([new ZipEntry("film.mkv", 10, At, _ => Task.FromResult<Stream>(new MemoryStream(new byte[9])))]);

        await Assert.ThrowsAsync<EndOfStreamException>(() => zip.WriteAsync(Stream.Null, Cancel));
    }

    [Theory]
    [InlineData("教师特写", "教师特写")]
    [InlineData("a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j")]
    [InlineData("%PATH% $(x) `y`", "_PATH_ _(x) _y_")]
    [InlineData(" dots and spaces. . ", "dots and spaces")]
    [InlineData("..", "_")]
    [InlineData("", "_")]
    public void Names_are_such_that_every_system_takes_them(string words, string name) => Assert.Equal(name, ArchiveNames.Of(words));

    [Fact]
    public void A_seat_that_was_interrupted_has_a_file_for_each_part()
    {
        var names = new ArchiveNames();

        Assert.Equal("校/室/课件 00.00.03.mkv", names.Path("校", "室", "课件", 3_250));
        Assert.Equal("校/室/课件 00.00.03 (2).mkv", names.Path("校", "室", "课件", 3_900));
        Assert.Equal("校/室/课件 01.02.03.mkv", names.Path("校", "室", "课件", 3_723_000));
    }

    private static ZipEntry Entry(string name, byte[] content) => new(name, content.Length, At, _ => Task.FromResult<Stream>(new MemoryStream(content)));

    private static async Task<byte[]> ReadAsync(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        await using var stream = await entry.OpenAsync(Cancel);
        await stream.CopyToAsync(content, Cancel);
        return content.ToArray();
    }
}
