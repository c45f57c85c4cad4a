namespace Podcast.Emulators.Transistor;

/// <summary><c>GET /v1</c>, and <c>/v1/shows</c>: lists, reads and changes shows. They cannot be created.</summary>
internal static class ShowEndpoints
{
    public static void MapShows(this IEndpointRouteBuilder api)
    {
        api.MapGet("", ReadUser);
        api.MapGet("/shows", List);
        api.MapGet("/shows/{id}", Read);
        api.MapPatch("/shows/{id}", Update);
    }

    private static IResult ReadUser(Parameters parameters, Caller caller)
    {
        var epoch = JsonApi.Time(DateTimeOffset.UnixEpoch);
        return TransistorAnswer.Json(JsonApi.One(new JsonApi.Resource("user", "1", new JsonObject
        {
            ["name"] = caller.Key!.UserName,
            ["time_zone"] = "UTC",
            ["image_url"] = null,
            ["created_at"] = epoch,
            ["updated_at"] = epoch,
        }), parameters));
    }

    private static IResult List(Parameters parameters, Caller caller, ShowBook shows, TransistorAddresses addresses, HttpRequest request)
    {
        var query = parameters["query"] ?? "";
        return TransistorAnswer.Json(JsonApi.Page(
            [.. shows.All(caller).Select(show => show.Write(addresses.Base(request)))
                .Where(show => ((string)show.Attributes["title"]!).Contains(query, StringComparison.OrdinalIgnoreCase))],
            parameters));
    }

    private static IResult Read(
        string id, Parameters parameters, Caller caller, ShowBook shows, TransistorAddresses addresses, HttpRequest request) =>
        shows.Find(id, caller) is { } show
            ? TransistorAnswer.Json(JsonApi.One(show.Write(addresses.Base(request)), parameters))
            : TransistorAnswer.NotFound("Show");

    private static IResult Update(
        string id, Parameters parameters, Caller caller, ShowBook shows, TransistorAddresses addresses, HttpRequest request)
    {
        if (shows.Find(id, caller) is not { } show)
            return TransistorAnswer.NotFound("Show");
        var fields = parameters.Of("show");
        return fields.GetValueOrDefault("time_zone") is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? TransistorAnswer.Invalid("Time zone is not included in the list")
            : TransistorAnswer.Json(JsonApi.One(shows.Update(show.Id, fields).Write(addresses.Base(request)), parameters));
    }
}
