namespace Podcast.OperatorsConsole;

/// <summary>What browsers must know about every answer of the console.</summary>
internal static class Headers
{
    /// <summary>
    /// Scripts, styles and connections of our own only, none of them inline. Media come from where Ittybit keeps them. Titles and
    /// transcripts are others' texts: whatever escapes escaping must find nothing to run. Signing out leads on to the provider.
    /// </summary>
    internal const string Policy =
        "default-src 'self'; media-src 'self' https: http://localhost:* http://*.localhost:* http://127.0.0.1:*; img-src 'self' data:; "
        + $"object-src 'none'; base-uri 'none'; {OwnForms}; frame-ancestors 'none'";

    private const string OwnForms = "form-action 'self'";

    /// <summary>Lets this page's scripts connect to more than the console.</summary>
    /// <param name="sources">As <see cref="ConsoleOptions.UploadTo"/> checks them.</param>
    public static void AllowConnections(HttpContext http, string sources) =>
        http.Response.Headers.ContentSecurityPolicy = $"{Of(http)}; connect-src 'self' {sources}";

    public static ValueTask<object?> Add(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        Set(context.HttpContext);
        return next(context);
    }

    /// <summary>For answers that no endpoint of ours gives.</summary>
    public static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Of(http);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-cache, no-store"; // as antiforgery wants it, which warns otherwise
    }

    private static string Of(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptions<ConsoleOptions>>().Value.OpenId.Authority is { } provider
            ? Policy.Replace(OwnForms, $"{OwnForms} {provider.GetLeftPart(UriPartial.Authority)}", StringComparison.Ordinal)
            : Policy;
}
