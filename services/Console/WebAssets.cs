using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Podcast.OperatorsConsole;

/// <summary>The files of <c>wwwroot/</c>, which are in the assembly. Their addresses have a hash, so browsers keep them.</summary>
internal static class WebAssets
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, Asset> all = typeof(WebAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read);

    public static void MapAssets(this RouteGroupBuilder console) => console.MapGet("/assets/{name}", Send);

    /// <summary>The address of a file.</summary>
    public static string Address(string name) =>
        $"/console/assets/{name}?v={all[name].Integrity[7..15].Replace('+', '-').Replace('/', '_')}";

    /// <summary>The value of the attribute <c>integrity</c>.</summary>
    public static string Integrity(string name) => all[name].Integrity;

    private static Results<FileContentHttpResult, NotFound> Send(string name, HttpContext http)
    {
        if (!all.TryGetValue(name, out var asset))
            return TypedResults.NotFound();

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.File(asset.Content, asset.Type, entityTag: new EntityTagHeaderValue($"\"{asset.Integrity}\""));
    }

    private static Asset Read(string name)
    {
        using var stream = typeof(WebAssets).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var type = new FileExtensionContentTypeProvider().TryGetContentType(name, out var known) ? known : "application/octet-stream";
        return new(content, $"{type}; charset=utf-8", $"sha384-{Convert.ToBase64String(SHA384.HashData(content))}");
    }

    private sealed record Asset(byte[] Content, string Type, string Integrity);
}
