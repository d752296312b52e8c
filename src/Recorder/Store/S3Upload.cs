using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace Classroom.Recorder.Store;

/// <summary>Puts files, each request with its MD5 so that the server itself refuses what arrives damaged.</summary>
internal sealed class S3Upload(AmazonS3Client client, string bucket)
{
    /// <summary>Files above this go in parts of this length (S3 allows 5 MiB to 5 GiB, at most 10,000 parts).</summary>
    public const int PartLength = 16 * 1024 * 1024;

    public async Task PutWholeAsync(string key, string path, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(path, cancellationToken);
        using var stream = new MemoryStream(content, writable: false);
        await client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                InputStream = stream,
                MD5Digest = Md5(content),
                UseChunkEncoding = false,
                ContentType = Links.MediaTypes.Of(key) ?? "application/octet-stream",
            },
            cancellationToken);
    }

    public async Task PutPartsAsync(string key, string path, long length, CancellationToken cancellationToken)
    {
        var start = new InitiateMultipartUploadRequest { BucketName = bucket, Key = key, ContentType = Links.MediaTypes.Of(key) ?? "application/octet-stream" };
        var upload = (await client.InitiateMultipartUploadAsync(start, cancellationToken)).UploadId;
        try
        {
            var parts = await SendPartsAsync(key, path, length, upload, cancellationToken);
            await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload, PartETags = parts },
                cancellationToken);
        }
        catch
        {
            // Parts of an unfinished upload are kept, and paid for, until they are aborted.
            await client.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload }, CancellationToken.None);
            throw;
        }
    }

    private async Task<List<PartETag>> SendPartsAsync(string key, string path, long length, string upload, CancellationToken cancellationToken)
    {
        var parts = new List<PartETag>();
        var buffer = new byte[(int)Math.Min(PartLength, length)];
        await using var file = File.OpenRead(path);
        for (var sent = 0L; sent < length; sent += PartLength)
        {
            var size = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            using var stream = new MemoryStream(buffer, 0, size, writable: false);
            var reply = await client.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = bucket,
                    Key = key,
                    UploadId = upload,
                    PartNumber = parts.Count + 1,
                    PartSize = size,
                    InputStream = stream,
                    MD5Digest = Md5(buffer.AsSpan(0, size)),
                    UseChunkEncoding = false,
                },
                cancellationToken);
            parts.Add(new PartETag(parts.Count + 1, reply.ETag));
        }

        return parts;
    }

    // S3's integrity header is MD5 (RFC 1864); it guards against damage, not against an attacker.
    private static string Md5(ReadOnlySpan<byte> content) => Convert.ToBase64String(MD5.HashData(content));
}
