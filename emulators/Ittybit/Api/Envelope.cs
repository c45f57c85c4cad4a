namespace Podcast.Emulators.Ittybit.Api;

/// <summary>
/// Writes the body and the headers that each generation of the API sends around a resource, a list or an error.
/// </summary>
internal static class Envelope
{
    public static JsonNode Wrap(ApiAnswer answer, Dialect dialect, HttpRequest request) => answer switch
    {
        ApiAnswer.Error error => Error(error, dialect),
        ApiAnswer.One one when dialect <= Dialect.G1 => InData(Meta(dialect, "object"), one.Body, Self(request)),
        ApiAnswer.One one => one.Body,
        ApiAnswer.Many many when dialect <= Dialect.G1 => InData(Meta(dialect, many), many.Items, PageLinks.Json(many, request)),
        ApiAnswer.Many many => many.Items,
        _ => throw new InvalidOperationException($"No wire format for {answer.GetType().Name}."),
    };

    public static IHeaderDictionary Headers(ApiAnswer answer, Dialect dialect, HttpRequest request)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        if (answer is ApiAnswer.Error error)
            (headers.RetryAfter, headers.Allow) = (error.RetryAfter, error.Allow);
        if (answer is ApiAnswer.Many many && dialect == Dialect.G2)
            headers[PageLinks.Header] = PageLinks.Text(many, request);
        return headers;
    }

    private static JsonObject Error(ApiAnswer.Error error, Dialect dialect) => dialect switch
    {
        Dialect.G0 or Dialect.G1 => InData(Meta(dialect, "error"), data: null, links: null, new JsonObject { ["message"] = error.Message }),
        Dialect.G2 => new JsonObject { ["error"] = new JsonObject { ["message"] = error.Message } },
        _ => new JsonObject { ["kind"] = error.Kind, ["message"] = error.Message },
    };

    private static JsonObject InData(JsonObject meta, JsonNode? data, JsonObject? links, JsonObject? error = null)
    {
        var envelope = new JsonObject { ["meta"] = meta, ["data"] = data, ["error"] = error };
        if (links is not null)
            envelope["links"] = links;
        return envelope;
    }

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

    private static JsonObject Self(HttpRequest request) => new() { ["self"] = PageLinks.Address(request) };
}
