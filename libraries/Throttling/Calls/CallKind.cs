namespace Podcast.Throttling.Calls;

/// <summary>
/// What a provider may refuse while it takes other calls: a method with the first word of its path, such as <c>POST /tasks</c>. Where an
/// account has no money left, what costs is refused and the rest is answered.
/// </summary>
internal static class CallKind
{
    /// <param name="basePath">The part of the path that every call has.</param>
    public static string Of(HttpRequestMessage request, string basePath)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path.StartsWith(basePath, StringComparison.Ordinal))
            path = path[basePath.Length..];
        return $"{request.Method} /{path.Trim('/').Split('/')[0]}";
    }
}
