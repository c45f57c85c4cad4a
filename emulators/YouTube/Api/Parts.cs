namespace Podcast.Emulators.YouTube.Api;

/// <summary>Reads lists in queries, which clients repeat (<c>part=a&amp;part=b</c>) or join (<c>part=a,b</c>).</summary>
internal static class Parts
{
    private static readonly string[] Known =
    [
        "id", "snippet", "status", "contentDetails", "fileDetails", "processingDetails", "statistics", "player", "suggestions",
        "recordingDetails", "localizations", "topicDetails", "liveStreamingDetails", "auditDetails", "brandingSettings",
    ];

    public static string[] Values(HttpRequest request, string name) =>
        request.Query[name].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Reads <c>part</c>; not null if it is absent or unknown.</summary>
    public static GoogleError? Read(HttpRequest request, out string[] parts)
    {
        parts = Values(request, "part");
        if (parts.Length == 0)
            return new GoogleError(400, "required", "Required parameter: part");
        return parts.Except(Known).FirstOrDefault() is { } unknown ? new GoogleError(400, "unknownPart", unknown, "youtube.part") : null;
    }

    public static GoogleError NoFilter(string expected) =>
        new(400, "missingRequiredParameter", $"No filter selected. Expected one of: {expected}", "youtube.parameter");

    /// <summary>A list resource with a page of <paramref name="items"/>: <c>maxResults</c> (1 to 50) and <c>pageToken</c>.</summary>
    public static IResult Page(HttpRequest request, string kind, IReadOnlyList<JsonObject> items, int defaultSize = 50)
    {
        var size = int.TryParse(request.Query["maxResults"], out var asked) ? Math.Clamp(asked, 1, 50) : defaultSize;
        var from = int.TryParse(request.Query["pageToken"], out var token) ? Math.Max(token, 0) : 0;
        var page = new JsonArray([.. items.Skip(from).Take(size)]);
        var list = Resource(kind, page.ToJsonString());
        if (from + size < items.Count)
            list["nextPageToken"] = (from + size).ToString(CultureInfo.InvariantCulture);
        list["pageInfo"] = new JsonObject { ["totalResults"] = items.Count, ["resultsPerPage"] = size };
        list["items"] = page;
        return Results.Json(list);
    }

    /// <summary>A resource with its kind and an etag that depends on <paramref name="content"/>.</summary>
    public static JsonObject Resource(string kind, string content) => new()
    {
        ["kind"] = $"youtube#{kind}",
        ["etag"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..27],
    };

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
