namespace Podcast.Emulators.Transistor;

/// <summary><c>/v1/webhooks</c>: lists, makes and deletes subscriptions; at most 50 of them.</summary>
internal static class WebhookEndpoints
{
    private const int Most = 50;

    private static readonly string[] Events = ["episode_created", "episode_published", "subscriber_created", "subscriber_deleted"];

    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        api.MapGet("/webhooks", List);
        api.MapPost("/webhooks", Create);
        api.MapDelete("/webhooks/{id}", Delete);
    }

    private static IResult List(Parameters parameters, Caller caller, ShowBook shows, Documents<TransistorWebhook> webhooks) =>
        shows.Find(parameters["show_id"], caller) is { } show
            ? TransistorAnswer.Json(JsonApi.Page(
                [.. webhooks.All.Where(one => one.ShowId == show.Id).OrderBy(one => one.Id).Select(one => one.Write(show))], parameters))
            : TransistorAnswer.NotFound("Show");

    private static IResult Create(
        Parameters parameters, Caller caller, ShowBook shows, Documents<TransistorWebhook> webhooks, TransistorAddresses addresses,
        HttpRequest request, TimeProvider clock)
    {
        if (shows.Find(parameters["show_id"], caller) is not { } show)
            return TransistorAnswer.NotFound("Show");
        if (parameters["event_name"] is not { } eventName || !Events.Contains(eventName))
            return TransistorAnswer.Invalid("Event name is not included in the list");
        if (!Uri.TryCreate(parameters["url"], UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return TransistorAnswer.Invalid("Url is not a valid URL");

        lock (webhooks.Gate)
        {
            if (webhooks.All.Count >= Most)
                return TransistorAnswer.Invalid($"You can have at most {Most} webhooks");
            var id = webhooks.NextId();
            var made = webhooks.Save(
                id, new TransistorWebhook(id, eventName, show.Id, url.OriginalString, addresses.Base(request), clock.GetUtcNow()));
            return TransistorAnswer.Json(JsonApi.One(made.Write(show), parameters), StatusCodes.Status201Created);
        }
    }

    private static IResult Delete(string id, Parameters parameters, Caller caller, ShowBook shows, Documents<TransistorWebhook> webhooks)
    {
        if (webhooks.Find(id) is not { } webhook || shows.Find(webhook.ShowId, caller) is not { } show)
            return TransistorAnswer.NotFound("Webhook");
        webhooks.Remove(id);
        return TransistorAnswer.Json(JsonApi.One(webhook.Write(show), parameters));
    }
}
