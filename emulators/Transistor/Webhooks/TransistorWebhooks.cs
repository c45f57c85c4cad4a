using System.Collections.Concurrent;

namespace Podcast.Emulators.Transistor;

/// <summary>A subscription to an event of a show.</summary>
/// <param name="BaseUrl">The address of the emulator for whoever subscribed.</param>
internal sealed record TransistorWebhook(string Id, string EventName, string ShowId, string Url, string BaseUrl, DateTimeOffset CreatedAt)
{
    public JsonApi.Resource Write(Show show) => new("webhook", Id, new JsonObject
    {
        ["event_name"] = EventName,
        ["url"] = Url,
        ["created_at"] = JsonApi.Time(CreatedAt),
        ["updated_at"] = JsonApi.Time(CreatedAt),
    }, show.Write(BaseUrl));
}

/// <summary>An attempt to tell a receiver; there is one per event and subscription.</summary>
/// <param name="Status">The status of the answer; null if there was none.</param>
public sealed record TransistorDelivery(string EventName, string EpisodeId, string Url, int? Status);

/// <summary>Sends events to their subscribers, as at Transistor unsigned, with the episode's JSON:API document as the body.</summary>
internal sealed class TransistorWebhooks(
    Documents<TransistorWebhook> subscribed, EpisodeWriter writer, BackgroundWork work, IHttpClientFactory clients,
    IOptions<TransistorEmulatorOptions> options, TimeProvider clock)
{
    public const string Client = "transistor-emulator-webhooks";

    private readonly ConcurrentQueue<TransistorDelivery> deliveries = new();

    public IReadOnlyList<TransistorDelivery> Deliveries => [.. deliveries];

    public void Tell(string eventName, Episode episode)
    {
        foreach (var webhook in subscribed.All.Where(one => one.EventName == eventName && one.ShowId == episode.ShowId))
        {
            var body = WireJson.Text(JsonApi.One(writer.Write(episode, webhook.BaseUrl), Parameters.None));
            work.Add(async stopping =>
                deliveries.Enqueue(new TransistorDelivery(eventName, episode.Id, webhook.Url, await Post(webhook.Url, body, stopping))));
        }
    }

    private async Task<int?> Post(string url, string body, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(options.Value.WebhookTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        using var client = clients.CreateClient(Client);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        try
        {
            using var answer = await client.PostAsync(url, content, either.Token);
            return (int)answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return null;
        }
    }
}
