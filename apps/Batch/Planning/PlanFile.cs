using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Podcast.Batch.Files;

namespace Podcast.Batch.Planning;

/// <summary>The plan format, JSON lines: a head, then one item or skip per line. Items may be removed by hand.</summary>
internal static class PlanFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write<T>(T line) => JsonSerializer.Serialize(line, Json);

    /// <summary>The SHA-256 of an address. Plans are passed around, and an address may contain a signature.</summary>
    public static string Print(string url) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)));

    /// <exception cref="UsageException">The file is not a plan.</exception>
    public static PlanHead ReadHead(FileInfo file)
    {
        var (number, line) = Lines(file).FirstOrDefault();
        if (number == 0)
            throw new UsageException($"{file.Name} is empty.");
        return Read<PlanHead>(file, number, line) is { Plan: 1 } head
            ? head
            : throw new UsageException($"{file.Name} is no plan that we know: its first line must say \"plan\": 1.");
    }

    /// <summary>Reads the items in the order of the file, each once, and leaves out the skips.</summary>
    public static IEnumerable<PlanItem> ReadItems(FileInfo file)
    {
        var seen = new HashSet<Guid>(); // smaller than the ids: there may be a million
        foreach (var (number, line) in Lines(file).Skip(1).Where(line => !string.IsNullOrWhiteSpace(line.Text)))
        {
            var item = Read<PlanItem>(file, number, line);
            if (string.IsNullOrEmpty(item?.Id) || (item.Skip is null && (item.Sha256 is null || item.Attempt < 1)))
                throw new UsageException($"{file.Name}, line {number}: an item needs id, sha256 and attempt.");
            if (item.Skip is null && seen.Add(ItemGuid.Of(item.Id)))
                yield return item;
        }
    }

    private static IEnumerable<(int Number, string Text)> Lines(FileInfo file)
    {
        if (!file.Exists)
            throw new UsageException($"There is no file {file.Name}.");

        using var text = EncodedText.Open(file.OpenRead());
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            yield return EncodedText.IsUnreadable(line)
                ? throw new UsageException($"{file.Name}, line {number}: this is not UTF-8.")
                : (number, line);
        }
    }

    private static T? Read<T>(FileInfo file, int number, string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Json);
        }
        catch (JsonException exception)
        {
            throw new UsageException($"{file.Name}, line {number}: this is not what a plan holds.", ExitCodes.Usage, exception);
        }
    }
}

/// <summary>The first line of a plan.</summary>
/// <param name="Plan">Version of this format: 1.</param>
/// <param name="Through"><c>episode</c>, or null for tasks.</param>
/// <param name="Items">The number of items to be sent.</param>
/// <param name="Skipped">The numbers of items that are left out, by reason.</param>
/// <param name="EstimatedSeconds">The estimated time to send all items, from the rate, the batch size and the delay.</param>
/// <param name="EstimatedTaskSeconds">The average duration of the last 100 completed tasks of this table; null if none has
/// completed.</param>
internal sealed record PlanHead(
    int Plan, string Table, DateTimeOffset MadeAt, TaskTemplate? Task, string? Through, double Rate, int BatchSize, double DelaySeconds,
    long Items, IReadOnlyDictionary<string, long> Skipped, double EstimatedSeconds, double? EstimatedTaskSeconds);

/// <summary>A line of a plan after the first.</summary>
/// <param name="Url">The address for readers, without its query.</param>
/// <param name="Sha256">The SHA-256 of the whole address, by which <c>apply</c> detects a change.</param>
/// <param name="Attempt">The attempt that will be sent, from 1.</param>
/// <param name="Skip">The reason why the item is not sent; null if it is.</param>
internal sealed record PlanItem(string Id, string? Url, string? Sha256 = null, int Attempt = 0, string? Skip = null);
