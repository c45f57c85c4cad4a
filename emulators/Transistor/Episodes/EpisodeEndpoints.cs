namespace Podcast.Emulators.Transistor;

/// <summary><c>/v1/episodes</c>: lists, reads, creates and changes episodes. What a caller does not see is not there.</summary>
internal static class EpisodeEndpoints
{
    public static void MapEpisodes(this IEndpointRouteBuilder api)
    {
        api.MapGet("/episodes", List);
        api.MapGet("/episodes/{id}", (string id, [AsParameters] Request request) => request.OfEpisode(id, (episode, _) => episode));
        api.MapPost("/episodes", Create);
        api.MapPatch("/episodes/{id}", Update);
        api.MapPatch("/episodes/{id}/publish", EpisodePublishing.Publish);
    }

    /// <summary>Drafts first, as they have no date, then the latest; <c>order=asc</c> turns it round.</summary>
    private static IResult List([AsParameters] Request request)
    {
        var parameters = request.Parameters;
        var show = request.Shows.Find(parameters["show_id"], request.Caller);
        if (show is null && parameters["show_id"] is not null)
            return TransistorAnswer.NotFound("Show");

        var found = request.Episodes.All
            .Where(episode => request.Caller.Sees(episode.ShowId)
                && (show is null || episode.ShowId == show.Id)
                && (parameters["status"] is not { Length: > 0 } status || episode.Status == status)
                && (parameters["query"] is not { } query
                    || episode.Fields.GetValueOrDefault("title")?.Contains(query, StringComparison.OrdinalIgnoreCase) == true))
            .OrderByDescending(episode => episode.PublishedAt ?? DateTimeOffset.MaxValue)
            .ThenByDescending(episode => long.Parse(episode.Id, CultureInfo.InvariantCulture));
        var ordered = parameters["order"] == "asc" ? found.Reverse() : found;
        return TransistorAnswer.Json(JsonApi.Page([.. ordered.Select(request.Write)], parameters));
    }

    private static IResult Create([AsParameters] Request request)
    {
        var fields = request.Parameters.Of("episode");
        if (fields.GetValueOrDefault("show_id") is not { Length: > 0 } showId)
            return TransistorAnswer.Invalid("Show can't be blank");
        if (request.Shows.Find(showId, request.Caller) is not { } show)
            return TransistorAnswer.NotFound("Show");
        if (EpisodeFields.Objections(fields).ToList() is { Count: > 0 } objections)
            return TransistorAnswer.Invalid(objections);

        var made = request.Episodes.Create(
            show, EpisodeFields.Taken(fields, show), EpisodeFields.IsTrue(fields.GetValueOrDefault("increment_number")));
        return TransistorAnswer.Json(JsonApi.One(request.Write(made), request.Parameters), StatusCodes.Status201Created);
    }

    private static IResult Update(string id, [AsParameters] Request request)
    {
        var fields = request.Parameters.Of("episode");
        return EpisodeFields.Objections(fields).ToList() is { Count: > 0 } objections
            ? TransistorAnswer.Invalid(objections)
            : request.OfEpisode(id, (episode, show) => request.Episodes.Update(
                episode.Id, EpisodeFields.Taken(fields, show), EpisodeFields.IsTrue(fields.GetValueOrDefault("increment_number"))));
    }

    /// <summary>What the handlers of these calls need.</summary>
    internal sealed record Request(
        Parameters Parameters, Caller Caller, HttpRequest Http, ShowBook Shows, EpisodeBook Episodes, EpisodeWriter Writer,
        TransistorAddresses Addresses)
    {
        public JsonApi.Resource Write(Episode episode) => Writer.Write(episode, Addresses.Base(Http));

        /// <summary>The document of what <paramref name="change"/> makes of the episode.</summary>
        public IResult OfEpisode(string id, Func<Episode, Show, Episode> change) =>
            Episodes.Settle(id) is { } episode && Caller.Sees(episode.ShowId)
                ? TransistorAnswer.Json(JsonApi.One(Write(change(episode, Shows.Of(episode))), Parameters))
                : TransistorAnswer.NotFound("Episode");
    }
}
