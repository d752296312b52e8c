using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Classroom.Recorder.Store;

/// <summary>Objects in one bucket of an S3 service (MinIO, Swift with s3api, AWS). The settings are those that hold for every server tried.</summary>
internal sealed class S3ObjectStore : IObjectStore, IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly string _bucket;
    private readonly S3Upload _upload;

    public S3ObjectStore(RecorderOptions options)
    {
        _bucket = options.S3Bucket;
        _client = new AmazonS3Client(new BasicAWSCredentials(options.S3AccessKey, options.S3SecretKey), new AmazonS3Config
        {
            ServiceURL = options.S3Endpoint,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
        _upload = new S3Upload(_client, _bucket);
    }

    public async Task CreateBucketAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _client.PutBucketAsync(new PutBucketRequest { BucketName = _bucket }, cancellationToken);
        }
        catch (AmazonS3Exception error) when (error.ErrorCode is "BucketAlreadyOwnedByYou" or "BucketAlreadyExists")
        {
        }
    }

    public async Task<StoreReceipt> PutFileAsync(string key, string path, CancellationToken cancellationToken)
    {
        ObjectKey.Require(key);
        var length = new FileInfo(path).Length;
        await AskAsync(key, () => length > S3Upload.PartLength ? _upload.PutPartsAsync(key, path, length, cancellationToken) : _upload.PutWholeAsync(key, path, cancellationToken), cancellationToken);
        var stored = await HeadAsync(key, cancellationToken);
        if (stored?.Length != length)
        {
            throw new StoreException($"The store holds {stored?.Length ?? 0} bytes of {key}, the file has {length}.");
        }

        await using var stream = File.OpenRead(path);
        return new StoreReceipt(key, length, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)));
    }

    public async Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var head = await AskAsync(key, () => _client.GetObjectMetadataAsync(_bucket, ObjectKey.Require(key), cancellationToken), cancellationToken);
            return new StoredObject(key, head.ContentLength, Quoted(head.ETag), Utc(head.LastModified));
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<Stream?> OpenReadAsync(string key, long offset, long? length, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = _bucket, Key = ObjectKey.Require(key) };
        if (offset > 0 || length is not null)
        {
            request.ByteRange = length is { } limit ? new ByteRange(offset, offset + limit - 1) : new ByteRange($"bytes={offset}-");
        }

        try
        {
            return (await AskAsync(key, () => _client.GetObjectAsync(request, cancellationToken), cancellationToken)).ResponseStream;
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = ObjectKey.RequirePrefix(prefix) };
        ListObjectsV2Response page;
        do
        {
            page = await AskAsync(prefix, () => _client.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            foreach (var item in page.S3Objects ?? [])
            {
                yield return new StoredObject(item.Key, item.Size ?? 0, Quoted(item.ETag), Utc(item.LastModified));
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(key, () => _client.DeleteObjectAsync(_bucket, ObjectKey.Require(key), cancellationToken), cancellationToken);
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
        }
    }

    public string? LocalPath(string key) => null;

    public void Dispose() => _client.Dispose();

    // Whatever the SDK throws when it has given up trying: the server refuses, does not answer, or is not there.
    private static async Task<T> AskAsync<T>(string key, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            throw;
        }
        catch (Exception error) when (error is AmazonServiceException or AmazonClientException or HttpRequestException || error is HttpIOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new StoreException($"The store refused {key}: {error.Message}", error);
        }
    }

    private static DateTimeOffset Utc(DateTime? time) => time is { } known ? new DateTimeOffset(known.ToUniversalTime()) : default;

    private static string Quoted(string etag) => etag.StartsWith('"') ? etag : $"\"{etag}\"";
}
