namespace Podcast.Emulators.Ittybit.Api;

/// <summary>
/// Writes the body and the headers that each generation of the API sends around a resource, a list or an error. Version
/// 2025-08-20 sends the pages around the requested one in the header <c>Links</c>, the versions before it in the field
/// <c>links</c> (ittybit.com/api/pagination).
/// </summary>
internal static class Envelope
{
    public static JsonNode Wrap(ApiAnswer answer, Dialect dialect, HttpRequest request) => (answer, dialect) switch
    {
        (ApiAnswer.Error error, Dialect.G0 or Dialect.G1) => new JsonObject
        {
            ["meta"] = Meta(dialect, "error"),
            ["data"] = null,
            ["error"] = new JsonObject { ["message"] = error.Message },
        },
        (ApiAnswer.Error error, Dialect.G2) => new JsonObject { ["error"] = new JsonObject { ["message"] = error.Message } },
        (ApiAnswer.Error error, _) => new JsonObject { ["kind"] = error.Kind, ["message"] = error.Message },
        (ApiAnswer.One one, Dialect.G0 or Dialect.G1) =>
            InData(Meta(dialect, "object"), one.Body, new JsonObject { ["self"] = Address(request) }),
        (ApiAnswer.One one, _) => one.Body,
        (ApiAnswer.Many many, Dialect.G0 or Dialect.G1) => InData(Meta(dialect, many), many.Items, new JsonObject(
            Links(many, request).Select(link => KeyValuePair.Create(link.Rel, (JsonNode?)link.Url)))),
        (ApiAnswer.Many many, _) => many.Items,
        _ => throw new InvalidOperationException($"No wire format for {answer.GetType().Name}."),
    };

    public static IHeaderDictionary Headers(ApiAnswer answer, Dialect dialect, HttpRequest request)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        if (answer is ApiAnswer.Error error)
            (headers.RetryAfter, headers.Allow) = (error.RetryAfter, error.Allow);
        if (answer is ApiAnswer.Many many && dialect == Dialect.G2)
            headers["Links"] = string.Join(
                ", ", Links(many, request).Where(link => link.Url is not null).Select(link => $"<{link.Url}>; rel=\"{link.Rel}\""));
        return headers;
    }

    private static JsonObject InData(JsonObject meta, JsonNode data, JsonObject links) =>
        new() { ["meta"] = meta, ["data"] = data, ["error"] = null, ["links"] = links };

    private static JsonObject Meta(Dialect dialect, string type) => new()
    {
        ["request_id"] = NewId.Of("req_"),
        ["org_id"] = "org_emulator",
        ["project_id"] = "proj_emulator",
        ["version"] = dialect == Dialect.G0 ? "2024-08-21" : "2025-01-01",
        ["type"] = type,
    };

    private static JsonObject Meta(Dialect dialect, ApiAnswer.Many many)
    {
        var meta = Meta(dialect, "list");
        meta["limit"] = many.Page.Limit;
        meta["total"] = many.Total;
        meta["page"] = many.Page.Page;
        meta["pages"] = many.Pages;
        return meta;
    }

    /// <summary>The address is null where there is no such page.</summary>
    private static (string Rel, string? Url)[] Links(ApiAnswer.Many list, HttpRequest request)
    {
        var (page, last) = (list.Page.Page, Math.Max(1, list.Pages));
        return
        [
            ("self", Url(page)),
            ("first", Url(1)),
            ("prev", page > 1 ? Url(Math.Min(page - 1, last)) : null),
            ("next", page < last ? Url(page + 1) : null),
            ("last", Url(last)),
        ];

        string Url(long number) => Address(request) + QueryString
            .Create(request.Query.Where(parameter => !parameter.Key.Equals("page", StringComparison.OrdinalIgnoreCase)))
            .Add("page", number.ToString(CultureInfo.InvariantCulture));
    }

    private static string Address(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}";
}
