using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Podcast.Ingest.Api.Queues;

/// <summary>RabbitMQ's management API cannot be asked. The message is for people.</summary>
internal sealed class QueuesUnavailableException(string message) : Exception(message);

/// <summary>A queue as RabbitMQ counts it.</summary>
internal sealed record BrokerQueue(string Name, long Messages, long MessagesReady, long MessagesUnacknowledged, int Consumers);

/// <summary>
/// Asks RabbitMQ's management API (https://www.rabbitmq.com/docs/management#http-api) for the queues of our virtual host.
/// </summary>
internal sealed class BrokerQueues(IHttpClientFactory clients, IOptions<QueueOptions> options)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string Client = "rabbitmq-management";

    private const int LongestBody = 20_000; // bytes of one message that are fetched

    private static readonly JsonSerializerOptions snakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>False if no address is set.</summary>
    public bool AreKnown => options.Value.Management is not null;

    private string VirtualHost => options.Value.Management!.Segments[1];

    /// <exception cref="QueuesUnavailableException">The API does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<BrokerQueue>> All(CancellationToken cancellationToken) => (await Ask<BrokerQueue[]>(
        HttpMethod.Get, $"queues/{VirtualHost}?columns=name,messages,messages_ready,messages_unacknowledged,consumers", null,
        cancellationToken))!;

    /// <summary>Null if there is no such queue.</summary>
    /// <exception cref="QueuesUnavailableException">The API does not answer, or refuses.</exception>
    public async Task<BrokerQueue?> Find(string queue, CancellationToken cancellationToken) =>
        (await All(cancellationToken)).FirstOrDefault(one => one.Name == queue);

    /// <summary>
    /// The oldest messages, which stay where they are. RabbitMQ counts that as a failed delivery; error queues allow a million.
    /// </summary>
    /// <exception cref="QueuesUnavailableException">The API does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<JsonObject>> Look(string queue, int most, CancellationToken cancellationToken)
    {
        var asked = new JsonObject
        {
            ["count"] = most,
            ["ackmode"] = "ack_requeue_true",
            ["encoding"] = "auto",
            ["truncate"] = LongestBody,
        };
        return (await Ask<JsonObject[]>(
            HttpMethod.Post, $"queues/{VirtualHost}/{Uri.EscapeDataString(queue)}/get", asked, cancellationToken)) ?? [];
    }

    private async Task<T?> Ask<T>(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        var address = options.Value.Management!;
        using var http = clients.CreateClient(Client);
        http.Timeout = options.Value.Timeout;
        using var request = new HttpRequestMessage(method, new Uri($"{address.Scheme}://{address.Authority}/api/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))));
        request.Content = body is null ? null : JsonContent.Create(body);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync<T>(snakeCase, cancellationToken)
                : throw new QueuesUnavailableException($"RabbitMQ's management API refuses ({(int)response.StatusCode}).");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException
            || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new QueuesUnavailableException("RabbitMQ's management API does not answer.");
        }
    }
}
