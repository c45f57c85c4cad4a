namespace Podcast.OperatorsConsole;

/// <summary>What browsers must know about every answer of the console.</summary>
internal static class Headers
{
    /// <summary>
    /// Scripts, styles and connections of our own only, none of them inline. Media come from where Ittybit keeps them. Titles and
    /// transcripts are others' texts: whatever escapes escaping must find nothing to run.
    /// </summary>
    internal const string Policy =
        "default-src 'self'; media-src 'self' https: http://localhost:* http://*.localhost:* http://127.0.0.1:*; img-src 'self' data:; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static ValueTask<object?> Add(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-cache, no-store"; // as antiforgery wants it, which warns otherwise
        return next(context);
    }
}
