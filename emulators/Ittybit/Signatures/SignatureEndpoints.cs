namespace Podcast.Emulators.Ittybit.Signatures;

/// <summary><c>POST /signatures</c>: creates a URL with which anyone can put or get one file until it expires.</summary>
internal static class SignatureEndpoints
{
    private static readonly TimeSpan DefaultLife = TimeSpan.FromMinutes(60);

    public static void MapSignatures(this IEndpointRouteBuilder api) => api.MapPost("/signatures", Create);

    private static ApiAnswer Create(JsonBody body, Wire wire, UrlSignatures signatures, TimeProvider clock)
    {
        if (body.Text("filename") is not { } filename)
            return ApiAnswer.Invalid("filename is required.");
        if (body.Text("method") is { } wanted && wanted is not ("get" or "put"))
            return ApiAnswer.Invalid("method must be get or put.");

        var now = clock.GetUtcNow();
        if (!TryReadExpiry(body, now, out var expiry) || expiry <= now.ToUnixTimeSeconds())
            return ApiAnswer.Invalid("expiry must be a Unix time in seconds in the future.");

        var path = FilePath.Of(body.Text("folder"), filename);
        var url = wire.Addresses.Of(path.ToString(), wire.BaseUrl);
        var signature = signatures.Sign(path.ToString(), expiry, body.Text("method") ?? "get");
        return ApiAnswer.Ok(new JsonObject
        {
            ["domain"] = url.Authority,
            ["filename"] = path.Filename,
            ["folder"] = path.Folder,
            ["expiry"] = signature.Expiry,
            ["method"] = signature.Method,
            ["signature"] = signature.Signature,
            ["url"] = signature.On(url).AbsoluteUri,
        });
    }

    private static bool TryReadExpiry(JsonBody body, DateTimeOffset now, out long expiry)
    {
        expiry = (now + DefaultLife).ToUnixTimeSeconds();
        return body.Value?["expiry"] is not { } given
            || (given.GetValueKind() == JsonValueKind.Number && given.AsValue().TryGetValue(out expiry));
    }
}
