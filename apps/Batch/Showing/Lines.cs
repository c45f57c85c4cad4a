using System.Text.Json;

namespace Podcast.Batch.Showing;

/// <summary>Writes one line per step, for logs and pipes, without control characters.</summary>
internal sealed class PlainLines(TextWriter output, TextWriter errors, TimeProvider clock) : IReporter
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public void Say(string happened, string text, object? facts = null) => output.WriteLine(text);

    public void Warn(string? id, string text) => errors.WriteLine(text);

    public Task Show(Progress progress, Func<Task> work)
    {
        (long Done, string? Note) told = (-1, null);
        return IReporter.Periodically(Interval, clock, work, () =>
        {
            var now = (progress.Done, progress.Note);
            var share = $"{progress.Done}/{progress.Total} {progress.Percent,3}%";
            if (told != now)
                output.WriteLine($" {progress.Name,-11} {share}  {ProgressWords.Facts(progress)}");
            told = now;
        });
    }
}

/// <summary>Writes one JSON object per line to the output stream, with <c>at</c>, <c>event</c> and the facts.</summary>
internal sealed class JsonLines(TextWriter output, TimeProvider clock) : IReporter
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Say(string happened, string text, object? facts = null)
    {
        var line = JsonSerializer.SerializeToNode(facts ?? new { message = text }, Json)!.AsObject();
        line.Insert(0, "at", Times.Text(clock.GetUtcNow()) + "Z");
        line.Insert(1, "event", happened);
        output.WriteLine(line.ToJsonString(Json));
    }

    public void Warn(string? id, string text) => Say("warning", text, new { id, message = text });

    public Task Show(Progress progress, Func<Task> work) => IReporter.Periodically(
        PlainLines.Interval,
        clock,
        work,
        () => Say("progress", "", new
        {
            phase = progress.Name.ToLowerInvariant(),
            progress.Done,
            progress.Total,
            progress.Failed,
            rate = progress.Rate() is { } rate ? Math.Round(rate, 2) : (double?)null,
            eta_seconds = progress.Left()?.TotalSeconds,
            progress.Note,
        }));
}
