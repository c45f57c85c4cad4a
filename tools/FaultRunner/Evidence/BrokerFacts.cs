using System.Net.Http.Json;
using System.Text.Json;
using Podcast.FaultRunner.Secrets;
using Podcast.FaultRunner.Staging;

namespace Podcast.FaultRunner.Evidence;

/// <summary>Reads the broker's queues.</summary>
internal sealed class BrokerFacts(Site site)
{
    private readonly HttpClient management = site.Servers.Management;
    private readonly string queuesPath = $"api/queues/{site.Name}";

    /// <summary>The numbers of messages, ready or unacknowledged, by queue; empty queues are left out.</summary>
    public async Task<Dictionary<string, long>> Waiting()
    {
        var queues = await management.GetFromJsonAsync<JsonElement>(queuesPath);
        return queues.EnumerateArray()
            .Select(queue => (Name: queue.GetProperty("name").GetString()!, Count: queue.TryGetProperty("messages", out var count) ? count.GetInt64() : 0))
            .Where(queue => queue.Count > 0)
            .ToDictionary(queue => queue.Name, queue => queue.Count);
    }

    /// <summary>The reasons of all messages in error and skipped queues. The messages stay there.</summary>
    public async Task<List<string>> Errors(Scanner scanner)
    {
        var reasons = new List<string>();
        foreach (var (queue, _) in await Waiting())
        {
            if (!queue.EndsWith("_error", StringComparison.Ordinal) && !queue.EndsWith("_skipped", StringComparison.Ordinal))
                continue;

            using var answer = await management.PostAsJsonAsync(
                $"{queuesPath}/{queue}/get", new { count = 100, ackmode = "ack_requeue_true", encoding = "auto" });
            foreach (var message in (await answer.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray())
            {
                var properties = message.GetProperty("properties");
                scanner.Text($"headers in {queue}", properties.ToString());
                scanner.Message(queue, message.GetProperty("payload").GetString() ?? "");
                reasons.Add($"{queue}: {Header(properties, "MT-Fault-ExceptionType")} {Header(properties, "MT-Fault-Message")}".TrimEnd());
            }
        }

        return reasons;
    }

    private static string? Header(JsonElement properties, string name) =>
        properties.TryGetProperty("headers", out var headers) && headers.TryGetProperty(name, out var value) ? value.GetString() : null;
}
