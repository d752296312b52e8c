using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Classroom.Server.Http;

/// <summary>Compresses the client's files. Replies with secrets in them are never compressed: their length would tell (BREACH).</summary>
internal static class ClientFileCompression
{
    public static void AddClientFileCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "text/javascript", "application/wasm"];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
    }

    public static void UseClientFileCompression(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal),
        files => files.UseResponseCompression());
}
