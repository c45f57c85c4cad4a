using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Podcast.Batch.Cli;
using Podcast.Batch.Files;
using Podcast.Batch.Running;

namespace Podcast.Batch.Planning;

/// <summary>A plan is JSON lines: one head, then an item or a skip per line. It can be read, searched, and cut by hand.</summary>
internal static class PlanFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write<T>(T line) => JsonSerializer.Serialize(line, Json);

    /// <summary>Fingerprint of an address: a plan is passed around, and addresses may be signed.</summary>
    public static string Print(string url) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)));

    /// <exception cref="UsageException">It is no plan.</exception>
    public static PlanHead ReadHead(FileInfo file)
    {
        var line = Lines(file).FirstOrDefault() ?? throw new UsageException($"{file.Name} is empty.");
        return Read<PlanHead>(file, 1, line) is { Plan: 1 } head
            ? head
            : throw new UsageException($"{file.Name} is no plan that we know: its first line must say \"plan\": 1.");
    }

    /// <summary>The items, without skips, as they come.</summary>
    public static IEnumerable<PlanItem> ReadItems(FileInfo file)
    {
        var number = 0;
        foreach (var line in Lines(file))
        {
            number++;
            if (number == 1 || string.IsNullOrWhiteSpace(line))
                continue;
            var item = Read<PlanItem>(file, number, line);
            if (string.IsNullOrEmpty(item?.Id) || (item.Skip is null && (item.Sha256 is null || item.Attempt < 1)))
                throw new UsageException($"{file.Name}, line {number}: an item needs id, sha256 and attempt.");
            if (item.Skip is null)
                yield return item;
        }
    }

    private static IEnumerable<string> Lines(FileInfo file)
    {
        if (!file.Exists)
            throw new UsageException($"There is no file {file.Name}.");
        return Read(file);
    }

    private static IEnumerable<string> Read(FileInfo file)
    {
        using var text = EncodedText.Open(file.OpenRead());
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            yield return EncodedText.IsUnreadable(line)
                ? throw new UsageException($"{file.Name}, line {number}: this is not UTF-8.")
                : line;
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

/// <summary>The first line.</summary>
/// <param name="Plan">Version of this format: 1.</param>
/// <param name="Items">How many will be sent.</param>
/// <param name="Skipped">How many will not, by reason.</param>
/// <param name="EstimatedSeconds">For sending them at the set rate, batches and pauses.</param>
/// <param name="EstimatedTaskSeconds">How long tasks of this table took of late; null when none has ended.</param>
internal sealed record PlanHead(
    int Plan,
    string Table,
    DateTimeOffset MadeAt,
    TaskTemplate? Task,
    string? Through,
    double Rate,
    int BatchSize,
    double DelaySeconds,
    long Items,
    IReadOnlyDictionary<string, long> Skipped,
    double EstimatedSeconds,
    double? EstimatedTaskSeconds);

/// <summary>Every other line.</summary>
/// <param name="Url">To read; without its query.</param>
/// <param name="Sha256">Of the whole address: whether it is still the same.</param>
/// <param name="Attempt">Which attempt this will be: 1, unless it failed before.</param>
/// <param name="Skip">Why it is left out; then nothing is done.</param>
internal sealed record PlanItem(string Id, string? Url, string? Sha256 = null, int Attempt = 0, string? Skip = null);
