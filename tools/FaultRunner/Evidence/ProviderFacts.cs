using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Podcast.WebhookGateway.Receiving;
using Podcast.WebhookGateway.Translating;

namespace Podcast.FaultRunner.Evidence;

/// <summary>Reads the provider's state from the emulator's state file, after the emulator has ended.</summary>
internal sealed class ProviderFacts(string directory)
{
    public List<ProviderTask> Tasks() => Read(
        "SELECT id, kind, ref, status, document FROM tasks ORDER BY seq",
        row => new ProviderTask(
            row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3),
            JsonElement.Parse(row.GetString(4)).GetProperty("Fate").GetProperty("Lost").GetBoolean()));

    public List<ProviderWebhook> Webhooks() => Read(
        "SELECT task_id, about, sort, state, answer, url, body FROM webhooks ORDER BY seq",
        row => new ProviderWebhook(
            row.GetString(0), row.GetString(1), row.GetString(2) is "genuine" or "copy", row.GetString(3),
            row.IsDBNull(4) ? null : row.GetInt32(4), MessageId(new Uri(row.GetString(5)), row.GetString(6))));

    /// <summary>The times of all requests, in Unix milliseconds.</summary>
    public List<long> Calls() => Read("SELECT at FROM requests ORDER BY at", row => row.GetInt64(0));

    /// <summary>The numbers of requests by injected fault.</summary>
    public Dictionary<string, long> Faults() =>
        Read("SELECT fault, count(*) FROM requests WHERE fault IS NOT NULL GROUP BY fault", row => (Fault: row.GetString(0), Count: row.GetInt64(1)))
        .ToDictionary(row => row.Fault, row => row.Count);

    /// <summary>The outputs with the SHA-256 of their contents.</summary>
    public List<ProviderOutput> Outputs() => Read(
        "SELECT id, path, document FROM files WHERE json_extract(document, '$.IsOutput') ORDER BY seq",
        row => new ProviderOutput(row.GetString(0), row.GetString(1), Sha256(JsonElement.Parse(row.GetString(2)).GetProperty("Blob").GetString()!)));

    private string Sha256(string blob)
    {
        using var content = File.OpenRead(Path.Combine(directory, "blobs", blob));
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static Guid MessageId(Uri callback, string body)
    {
        var path = callback.AbsolutePath.Split('/'); // "", webhooks, ittybit, episode, task, attempt, token
        var name = new Callback(path[3], path[4], path[5], path[6]).Name;
        return DeliveryId.Of(name, Encoding.UTF8.GetBytes(body));
    }

    private List<T> Read<T>(string query, Func<SqliteDataReader, T> read) => StateDatabase.Read(directory, query, read);
}
