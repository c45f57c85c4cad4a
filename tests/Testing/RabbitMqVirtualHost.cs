using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Podcast.Testing;

/// <summary>A virtual host of one test class, with access to it through the management API.</summary>
public sealed class RabbitMqVirtualHost : IAsyncDisposable
{
    private readonly HttpClient management;
    private readonly Uri amqp;
    private readonly string name = $"test-{Guid.NewGuid():N}";

    private RabbitMqVirtualHost(Uri amqp, Uri management)
    {
        this.amqp = amqp;
        this.management = new HttpClient { BaseAddress = management };
        this.management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(amqp.UserInfo))));
    }

    /// <summary>The value for <c>ConnectionStrings:RabbitMq</c>.</summary>
    public string ConnectionString => new UriBuilder(amqp) { Path = name }.Uri.AbsoluteUri;

    /// <summary>The management API's address, with an administrator's login and this virtual host.</summary>
    public string Management => new UriBuilder(management.BaseAddress!)
    {
        UserName = amqp.UserInfo.Split(':')[0],
        Password = amqp.UserInfo.Split(':')[1],
        Path = name,
    }.Uri.AbsoluteUri;

    /// <summary>The connection string through <paramref name="port"/> of 127.0.0.1, for a proxy.</summary>
    public string ConnectionStringThrough(int port) => new UriBuilder(amqp) { Host = "127.0.0.1", Port = port, Path = name }.Uri.AbsoluteUri;

    /// <summary>The broker's host and port.</summary>
    public DnsEndPoint Broker => new(amqp.Host, amqp.Port);

    internal static async Task<RabbitMqVirtualHost> Create(Uri amqp, Uri management)
    {
        var host = new RabbitMqVirtualHost(amqp, management);
        var user = Uri.UnescapeDataString(amqp.UserInfo.Split(':')[0]);
        await host.Put($"api/vhosts/{host.name}", new { });
        await host.Put($"api/permissions/{host.name}/{user}", new { configure = ".*", write = ".*", read = ".*" });
        return host;
    }

    /// <summary>The API's description of a queue; null if there is no such queue.</summary>
    public async Task<JsonElement?> Queue(string queue)
    {
        using var answer = await management.GetAsync($"api/queues/{name}/{queue}");
        return answer.StatusCode == HttpStatusCode.NotFound
            ? null
            : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The names of all queues.</summary>
    public async Task<IReadOnlyList<string>> Queues() =>
        [.. (await management.GetFromJsonAsync<JsonElement>($"api/queues/{name}")).EnumerateArray().Select(queue => queue.GetProperty("name").GetString()!)];

    /// <summary>Takes one message from each error queue that has any, by the queue's name.</summary>
    public async Task<IReadOnlyDictionary<string, JsonElement>> Failures()
    {
        var failures = new Dictionary<string, JsonElement>();
        foreach (var queue in (await Queues()).Where(queue => queue.EndsWith("_error", StringComparison.Ordinal)))
        {
            if (await Take(queue) is { } message)
                failures[queue] = message;
        }

        return failures;
    }

    /// <summary>Lets the queue reject messages once it holds <paramref name="messages"/> of them.</summary>
    public Task Limit(string queue, int messages) => Put($"api/policies/{name}/{queue}", new Dictionary<string, object>
    {
        ["pattern"] = $"^{queue}$",
        ["definition"] = new Dictionary<string, object> { ["max-length"] = messages, ["overflow"] = "reject-publish" },
        ["apply-to"] = "queues",
    });

    public async Task DeleteQueue(string queue) =>
        (await management.DeleteAsync($"api/queues/{name}/{queue}")).EnsureSuccessStatusCode();

    /// <summary>Declares durable queues without consumers.</summary>
    public Task Declare(params IEnumerable<string> queues) =>
        Task.WhenAll(queues.Select(queue => Put($"api/queues/{name}/{queue}", new { durable = true })));

    /// <summary>Publishes a message through the management API.</summary>
    /// <param name="exchange">Empty for the default exchange, where <paramref name="routingKey"/> is a queue's name.</param>
    /// <param name="properties">AMQP properties, such as <c>content_type</c> and <c>headers</c>.</param>
    /// <returns>True if the message was routed to a queue; false also if there is no such exchange.</returns>
    public async Task<bool> Publish(string exchange, string body, object properties, string routingKey = "")
    {
        using var answer = await management.PostAsJsonAsync(
            $"api/exchanges/{name}/{(exchange.Length == 0 ? "amq.default" : exchange)}/publish",
            new { properties, routing_key = routingKey, payload = body, payload_encoding = "string" });
        return answer.StatusCode != HttpStatusCode.BadRequest
            && (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("routed").GetBoolean();
    }

    /// <summary>Takes a message from the queue; null if the queue is empty or does not exist.</summary>
    public Task<JsonElement?> Take(string queue) => Get(queue, "ack_requeue_false");

    /// <summary>
    /// Takes <paramref name="count"/> messages together and requeues them, as after a failed delivery. False if there were fewer.
    /// </summary>
    public async Task<bool> PutBack(string queue, int count = 1) => await Get(queue, "reject_requeue_true", count) is not null;

    /// <summary>Waits for a message in <paramref name="queue"/> and takes it.</summary>
    public async Task<JsonElement> Awaits(string queue)
    {
        JsonElement? message = null;
        await Eventually.Holds(async () => (message = await Take(queue)) is not null, $"a message in {queue}");
        return message!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        using var answer = await management.DeleteAsync($"api/vhosts/{name}");
        management.Dispose();
    }

    private async Task<JsonElement?> Get(string queue, string ackMode, int count = 1)
    {
        using var answer = await management.PostAsJsonAsync(
            $"api/queues/{name}/{queue}/get", new { count, ackmode = ackMode, encoding = "auto" });
        // The API answers 400 while a quorum queue has no leader yet.
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
            return null;

        var messages = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return messages.GetArrayLength() < count ? null : messages[0];
    }

    private async Task Put(string path, object body) => (await management.PutAsJsonAsync(path, body)).EnsureSuccessStatusCode();
}
