using System.Text.Json;
using System.Text.Json.Nodes;

namespace Podcast.Batch.Showing;

/// <summary>Writes one JSON object per line to the output stream, with <c>at</c>, <c>event</c> and the facts.</summary>
internal sealed class JsonLines(TextWriter output, TimeProvider clock) : IReporter
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock gate = new();

    public void Say(string happened, string text, object? facts = null) => Write(happened, facts ?? new { message = text });

    public void Warn(string? id, string text) => Write("warning", new { id, message = text });

    public Task Show(Progress progress, Func<Task> work) => PeriodicReport.Of(
        work,
        () => Write("progress", new
        {
            phase = progress.Name.ToLowerInvariant(),
            progress.Done,
            progress.Total,
            progress.Failed,
            rate = progress.Rate() is { } rate ? Math.Round(rate, 2) : (double?)null,
            eta_seconds = progress.Left()?.TotalSeconds,
            progress.Note,
        }),
        clock);

    private void Write(string happened, object facts)
    {
        var line = new JsonObject { ["at"] = Times.Text(clock.GetUtcNow()) + "Z", ["event"] = happened };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(facts, Json)!.AsObject())
            line[name] = value?.DeepClone();
        lock (gate)
        {
            output.WriteLine(line.ToJsonString(Json));
            output.Flush();
        }
    }
}
