using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Podcast.Benchmarks.Uploads;

/// <summary>A file of any length that is neither on disk nor in memory: each eight bytes are made of their position.</summary>
internal sealed class GeneratedFile(long length)
{
    private const int Unit = sizeof(ulong);
    private const int BufferSize = 64 * 1024;

    public long Length => length;

    /// <summary>Serves the file and its ranges on every path of <paramref name="address"/>.</summary>
    public async Task<WebApplication> Serve(Uri address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());
        var app = builder.Build();
        app.MapFallback("{**path}", Answer);
        await app.StartAsync();
        return app;
    }

    /// <summary>Lower-case hexadecimal.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        for (long at = 0; at < length; at += buffer.Length)
            hash.AppendData(buffer, 0, Fill(buffer, at, length));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task Answer(HttpContext http)
    {
        var range = RangeHeaderValue.TryParse(http.Request.Headers.Range, out var asked) ? asked.Ranges.Single() : new(0, null);
        var (from, end) = (range.From ?? 0, Math.Min(length, (range.To ?? length - 1) + 1));
        http.Response.StatusCode = asked is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        http.Response.ContentType = "video/mp4";
        http.Response.ContentLength = end - from;
        if (asked is not null)
            http.Response.Headers.ContentRange = $"bytes {from}-{end - 1}/{length}";
        var buffer = new byte[BufferSize];
        var at = from;
        while (HttpMethods.IsGet(http.Request.Method) && at < end)
        {
            var begin = at - (at % Unit);
            var filled = Fill(buffer, begin, end);
            await http.Response.Body.WriteAsync(buffer.AsMemory((int)(at - begin)..filled), http.RequestAborted);
            at = begin + filled;
        }
    }

    /// <param name="at">A multiple of eight.</param>
    /// <returns>The bytes that were filled.</returns>
    private static int Fill(byte[] buffer, long at, long end)
    {
        for (var i = 0; i < buffer.Length; i += Unit)
            BinaryPrimitives.WriteUInt64LittleEndian(buffer.AsSpan(i), (ulong)(at + i) * 0x9E3779B97F4A7C15);
        return (int)Math.Min(buffer.Length, end - at);
    }
}
