namespace Podcast.Throttling.Calls;

/// <summary>
/// The kind of a call: its method and the first segment of its path, such as <c>POST /tasks</c>. A provider may refuse one kind
/// and accept others: without payment it refuses calls that cost money and answers the rest.
/// </summary>
internal static class CallKind
{
    /// <param name="basePath">The part of the path that all calls share.</param>
    public static string Of(HttpRequestMessage request, string basePath)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path.StartsWith(basePath, StringComparison.Ordinal))
            path = path[basePath.Length..];
        return $"{request.Method} /{path.Trim('/').Split('/')[0]}";
    }
}
