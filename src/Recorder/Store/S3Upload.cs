using System.Globalization;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace Classroom.Recorder.Store;

/// <summary>Puts files, each request with its MD5 (RFC 1864) so that the server itself refuses what arrives damaged: a guard against accidents, not against attackers.</summary>
internal sealed class S3Upload(AmazonS3Client client, string bucket)
{
    /// <summary>Files above this go in parts of this length (S3 allows 5 MiB to 5 GiB, at most 10,000 parts).</summary>
    public const int PartLength = 16 * 1024 * 1024;

    public async Task<string> PutWholeAsync(string key, string path, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(path, cancellationToken);
        using var stream = new MemoryStream(content, writable: false);
        var reply = await client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                InputStream = stream,
                MD5Digest = Convert.ToBase64String(MD5.HashData(content)),
                UseChunkEncoding = false,
                ContentType = TypeOf(key),
            },
            cancellationToken);
        return reply.ETag;
    }

    /// <summary>Goes on with an upload that was cut off: parts that the store has as they are in the file are not sent again.</summary>
    public async Task<string> PutPartsAsync(string key, string path, long length, CancellationToken cancellationToken)
    {
        var upload = await FindAsync(key, cancellationToken)
            ?? (await client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = bucket, Key = key, ContentType = TypeOf(key) }, cancellationToken)).UploadId;
        var parts = await SendPartsAsync(key, path, length, upload, cancellationToken);
        var reply = await client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload, PartETags = parts }, cancellationToken);
        return reply.ETag;
    }

    // Should there be several, all but one were begun by workers that are gone: what they sent is deleted.
    private async Task<string?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var begun = await client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = bucket, Prefix = key }, cancellationToken);
        var uploads = (begun.MultipartUploads ?? []).Where(upload => upload.Key == key).Select(upload => upload.UploadId).ToList();
        foreach (var forgotten in uploads.Skip(1))
        {
            await client.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = forgotten }, cancellationToken);
        }

        return uploads.FirstOrDefault();
    }

    private async Task<List<PartETag>> SendPartsAsync(string key, string path, long length, string upload, CancellationToken cancellationToken)
    {
        var stored = await StoredAsync(key, upload, cancellationToken);
        var parts = new List<PartETag>();
        var buffer = new byte[(int)Math.Min(PartLength, length)];
        await using var file = File.OpenRead(path);
        for (var sent = 0L; sent < length; sent += PartLength)
        {
            var size = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            var (number, md5) = (parts.Count + 1, MD5.HashData(buffer.AsSpan(0, size)));
            parts.Add(stored.TryGetValue(number, out var tag) && tag.Trim('"').Equals(Convert.ToHexStringLower(md5), StringComparison.OrdinalIgnoreCase)
                ? new PartETag(number, tag)
                : await SendAsync(key, upload, number, buffer, size, md5, cancellationToken));
        }

        return parts;
    }

    private async Task<Dictionary<int, string>> StoredAsync(string key, string upload, CancellationToken cancellationToken)
    {
        var stored = new Dictionary<int, string>();
        var request = new ListPartsRequest { BucketName = bucket, Key = key, UploadId = upload };
        ListPartsResponse page;
        do
        {
            page = await client.ListPartsAsync(request, cancellationToken);
            foreach (var part in page.Parts ?? [])
            {
                stored[part.PartNumber ?? 0] = part.ETag;
            }

            request.PartNumberMarker = page.NextPartNumberMarker?.ToString(CultureInfo.InvariantCulture);
        }
        while (page.IsTruncated == true);

        return stored;
    }

    private async Task<PartETag> SendAsync(string key, string upload, int number, byte[] content, int size, byte[] md5, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, 0, size, writable: false);
        var reply = await client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = key,
                UploadId = upload,
                PartNumber = number,
                PartSize = size,
                InputStream = stream,
                MD5Digest = Convert.ToBase64String(md5),
                UseChunkEncoding = false,
            },
            cancellationToken);
        return new PartETag(number, reply.ETag);
    }

    private static string TypeOf(string key) => Links.MediaTypes.Of(key) ?? "application/octet-stream";
}
