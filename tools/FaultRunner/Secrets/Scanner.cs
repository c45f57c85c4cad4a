using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Podcast.FaultRunner.Secrets;

/// <summary>
/// Looks for secrets in all that leaves a process: logs, telemetry, messages, answers. A signed address may stand where it is of use, in
/// the fields of messages and answers that are there for it, and nowhere else.
/// </summary>
internal sealed partial class Scanner(PlantedSecrets canaries)
{
    private static readonly string[] addressFields = ["source", "output", "upload"];
    private static readonly JsonSerializerOptions relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<string, int> leaks = [];
    private long characters;

    /// <summary>What was found where, and how often.</summary>
    public IReadOnlyDictionary<string, int> Leaks => leaks;

    /// <summary>How much was looked at.</summary>
    public long Characters => characters;

    /// <summary>A log, a span, an error: nothing secret at all.</summary>
    public void Text(string where, string text)
    {
        Interlocked.Add(ref characters, text.Length);
        foreach (var (name, secret) in canaries.Secrets)
        {
            if (text.Contains(secret, StringComparison.Ordinal))
                Found(name, where);
        }

        if (text.Contains(canaries.AddressSignature, StringComparison.Ordinal) || SignedAddress().IsMatch(text))
            Found("a signed address", where);
        if (CallbackToken().IsMatch(text))
            Found("a callback's token", where);
    }

    /// <summary>Protobuf: texts stand in it as they are.</summary>
    public void Bytes(string where, byte[] bytes) => Text(where, Encoding.Latin1.GetString(bytes));

    /// <summary>A message on the bus.</summary>
    public void Message(string exchange, string body) => Text($"a message to {exchange}", WithoutAddressFields(body));

    /// <summary>An answer over HTTP.</summary>
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

            foreach (var (_, value) in fields.ToList())
                Clear(value);
        }
    }

    private void Found(string what, string where) => leaks.AddOrUpdate($"{what} in {where}", 1, (_, count) => count + 1);

    [GeneratedRegex(@"[?&]signature=[A-Za-z0-9_-]{8,}")]
    private static partial Regex SignedAddress();

    [GeneratedRegex(@"/webhooks/ittybit/[0-9a-fA-F-]{36}/[a-z_]+/\d+/(?!REDACTED)[A-Za-z0-9_-]{16,}")]
    private static partial Regex CallbackToken();
}
