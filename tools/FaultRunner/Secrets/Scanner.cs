using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Podcast.FaultRunner.Secrets;

/// <summary>
/// Searches everything that a process emits for secrets: logs, telemetry, messages, responses. A signed address may appear only
/// in the fields of messages and responses that exist for it.
/// </summary>
internal sealed partial class Scanner(PlantedSecrets secrets)
{
    private static readonly string[] addressFields = ["source", "output", "upload"];
    private static readonly JsonSerializerOptions relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<string, int> leaks = [];
    private long characters;

    /// <summary>The number of finds, by secret and place.</summary>
    public IReadOnlyDictionary<string, int> Leaks => leaks;

    /// <summary>The number of characters scanned.</summary>
    public long Characters => characters;

    /// <summary>Scans a log, a span or an error, which may contain no secret and no signed address.</summary>
    public void Text(string where, string text)
    {
        Interlocked.Add(ref characters, text.Length);
        foreach (var (name, secret) in secrets.Secrets)
        {
            if (text.Contains(secret, StringComparison.Ordinal))
                Found(name, where);
        }

        if (text.Contains(secrets.AddressSignature, StringComparison.Ordinal) || SignedAddress().IsMatch(text))
            Found("a signed address", where);
        if (CallbackToken().IsMatch(text))
            Found("a callback's token", where);
        if (UploadSession().IsMatch(text))
            Found("the address of an upload session", where);
    }

    /// <summary>Scans protobuf, which contains strings unencoded.</summary>
    public void Bytes(string where, byte[] bytes) => Text(where, Encoding.Latin1.GetString(bytes));

    /// <summary>Scans a message on the bus.</summary>
    public void Message(string exchange, string body) => Text($"a message to {exchange}", WithoutAddressFields(body));

    /// <summary>Scans an HTTP response.</summary>
    public void Answer(string what, string headers, string body)
    {
        Text($"{what}, headers", headers);
        Text(what, WithoutAddressFields(body));
    }

    private static string WithoutAddressFields(string body)
    {
        try
        {
            var json = JsonNode.Parse(body);
            Clear(json);
            return json?.ToJsonString(relaxed) ?? "";
        }
        catch (JsonException)
        {
            return body;
        }
    }

    private static void Clear(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Clear(item);
        }
        else if (node is JsonObject fields)
        {
            foreach (var field in addressFields)
            {
                if (fields[field] is JsonObject place && place.ContainsKey("url"))
                    place["url"] = null;
            }

            if (fields["receipt"] is JsonObject receipt && receipt.ContainsKey("session"))
                receipt["session"] = null;

            foreach (var (_, value) in fields.ToList())
                Clear(value);
        }
    }

    private void Found(string what, string where) => leaks.AddOrUpdate($"{what} in {where}", 1, (_, count) => count + 1);

    [GeneratedRegex(@"[?&]signature=[A-Za-z0-9_-]{8,}")]
    private static partial Regex SignedAddress();

    [GeneratedRegex(@"/webhooks/ittybit/[0-9a-fA-F-]{36}/[a-z_]+/\d+/(?!REDACTED)[A-Za-z0-9_-]{16,}")]
    private static partial Regex CallbackToken();

    [GeneratedRegex(@"[?&](upload_id|X-Amz-Signature)=(?!REDACTED)[A-Za-z0-9_-]{8,}")]
    private static partial Regex UploadSession();
}
