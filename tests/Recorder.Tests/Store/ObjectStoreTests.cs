using Classroom.Recorder.Store;
using Classroom.TestKit.Swift;

namespace Classroom.Recorder.Tests.Store;

public sealed class FolderObjectStoreTests : ObjectStoreContract
{
    private readonly TempFolder _folder = new();

    public override IObjectStore Store => new FolderObjectStore(_folder.Path);

    [Fact]
    public async Task A_store_that_cannot_be_written_says_so()
    {
        var store = new FolderObjectStore(_folder.Write("a-file-not-a-folder", [1]));
        var error = await Assert.ThrowsAsync<StoreException>(() => store.PutFileAsync("a/b.mp4", _folder.Write("source", [1]), TestContext.Current.CancellationToken));
        Assert.StartsWith("a/b.mp4 could not be stored", error.Message, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>The same on a real S3 server.</summary>
[Collection(SwiftFixture.Name)]
public sealed class S3ObjectStoreTests(SwiftFixture swift) : ObjectStoreContract
{
    public override IObjectStore Store => swift.Store;

    [Fact]
    public async Task A_wrong_secret_is_refused_and_said()
    {
        using var folder = new TempFolder();
        using var store = new S3ObjectStore(SwiftFixture.Options(swift.Endpoint, "wrong"));
        await Assert.ThrowsAsync<StoreException>(() => store.PutFileAsync("a/b.mp4", folder.Write("source", [1]), TestContext.Current.CancellationToken));
    }
}

/// <summary>One server for all tests that need S3.</summary>
[CollectionDefinition(Name)]
public sealed class SwiftFixture : IAsyncLifetime, ICollectionFixture<SwiftFixture>
{
    public const string Name = "swift";

    private SwiftServer? _server;
    private S3ObjectStore? _store;

    public IObjectStore Store => _store!;

    public string Endpoint => _server!.Endpoint;

    public async ValueTask InitializeAsync()
    {
        _server = await SwiftServer.StartAsync(TestContext.Current.CancellationToken);
        _store = new S3ObjectStore(Options(_server.Endpoint, SwiftServer.SecretKey));
        await _store.CreateBucketAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _store?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    internal static RecorderOptions Options(string endpoint, string secret) =>
        new() { S3Endpoint = endpoint, S3AccessKey = SwiftServer.AccessKey, S3SecretKey = secret, S3Bucket = "classroom-test" };
}
