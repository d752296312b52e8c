using System.Security.Cryptography;
using Classroom.Recorder.Store;

namespace Classroom.Recorder.Tests.Store;

/// <summary>What every object store does; run on each of them.</summary>
public abstract class ObjectStoreContract : IDisposable
{
    private readonly TempFolder _files = new();

    public abstract IObjectStore Store { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_put_can_be_read()
    {
        var content = RandomNumberGenerator.GetBytes(70_000);
        var receipt = await PutAsync("a/b/film.mp4", content);

        Assert.Equal(content.Length, receipt.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), receipt.Sha256);
        Assert.Equal(content, await ReadAsync("a/b/film.mp4", 0, null));
        Assert.Equal(content.Length, (await Store.HeadAsync("a/b/film.mp4", Cancel))!.Length);
    }

    [Theory, InlineData(0L, 1L), InlineData(10L, 20L), InlineData(990L, null), InlineData(0L, 1000L)]
    public async Task A_range_is_read(long offset, long? length)
    {
        var content = RandomNumberGenerator.GetBytes(1000);
        await PutAsync("range/seg1.m4s", content);

        var expected = content.AsSpan((int)offset, (int)(length ?? content.Length - offset)).ToArray();
        Assert.Equal(expected, await ReadAsync("range/seg1.m4s", offset, length));
    }

    [Fact]
    public async Task A_large_file_arrives_whole()
    {
        var content = RandomNumberGenerator.GetBytes(37 * 1024 * 1024);
        var receipt = await PutAsync("large/capture.mkv", content);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), receipt.Sha256);
        Assert.True((await ReadAsync("large/capture.mkv", 0, null)).AsSpan().SequenceEqual(content));
    }

    [Fact]
    public async Task An_empty_file_is_an_object()
    {
        await PutAsync("empty/index.m3u8", []);
        Assert.Equal(0, (await Store.HeadAsync("empty/index.m3u8", Cancel))!.Length);
    }

    [Fact]
    public async Task Putting_again_replaces_and_changes_the_tag()
    {
        await PutAsync("again/index.m3u8", [1, 2, 3]);
        var before = await Store.HeadAsync("again/index.m3u8", Cancel);
        await PutAsync("again/index.m3u8", [4, 5, 6, 7]);

        Assert.Equal([4, 5, 6, 7], await ReadAsync("again/index.m3u8", 0, null));
        Assert.NotEqual(before!.ETag, (await Store.HeadAsync("again/index.m3u8", Cancel))!.ETag);
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        Assert.Null(await Store.HeadAsync("nothing/here.mp4", Cancel));
        Assert.Null(await Store.OpenReadAsync("nothing/here.mp4", 0, null, Cancel));
        await Store.DeleteAsync("nothing/here.mp4", Cancel);
    }

    [Fact]
    public async Task What_lies_below_a_prefix_is_measured()
    {
        await PutAsync("measure/x/1.m4s", new byte[10]);
        await PutAsync("measure/x/deep/2.m4s", new byte[5]);
        await PutAsync("measure/xy/3.m4s", new byte[100]);

        Assert.Equal(new StoredAmount(15, 2), await Store.MeasureAsync("measure/x/", Cancel));
        Assert.Equal(new StoredAmount(0, 0), await Store.MeasureAsync("measure/nothing/", Cancel));
    }

    [Fact]
    public async Task A_prefix_is_listed_in_order_and_deleted()
    {
        foreach (var key in (string[])["list/x/2.m4s", "list/x/1.m4s", "list/x/deep/3.m4s", "list/xy/4.m4s"])
        {
            await PutAsync(key, [1]);
        }

        Assert.Equal(["list/x/1.m4s", "list/x/2.m4s", "list/x/deep/3.m4s"], await KeysAsync("list/x/"));
        await Store.DeletePrefixAsync("list/x/", Cancel);
        Assert.Equal(["list/xy/4.m4s"], await KeysAsync("list/"));
    }

    [Theory, InlineData("../secret"), InlineData("a/../../b"), InlineData("/etc/passwd"), InlineData("a//b"), InlineData("a\\b"), InlineData(""), InlineData(".hidden"), InlineData("a b")]
    public async Task A_key_that_could_lead_elsewhere_is_refused(string key)
    {
        var file = _files.Write("source", [1]);
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutFileAsync(key, file, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.HeadAsync(key, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenReadAsync(key, 0, null, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(key, Cancel));
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _files.Dispose();

    private Task<StoreReceipt> PutAsync(string key, byte[] content) =>
        Store.PutFileAsync(key, _files.Write("source", content), Cancel);

    private async Task<byte[]> ReadAsync(string key, long offset, long? length)
    {
        await using var stream = await Store.OpenReadAsync(key, offset, length, Cancel);
        using var memory = new MemoryStream();
        await stream!.CopyToAsync(memory, Cancel);
        return memory.ToArray();
    }

    private async Task<List<string>> KeysAsync(string prefix)
    {
        var keys = new List<string>();
        await foreach (var item in Store.ListAsync(prefix, Cancel))
        {
            keys.Add(item.Key);
        }

        return keys;
    }
}
