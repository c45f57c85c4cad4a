namespace Podcast.Batch.Showing;

/// <summary>Writes one line per step, for logs and pipes, without control characters.</summary>
internal sealed class PlainLines(TextWriter output, TextWriter errors, TimeProvider clock) : IReporter
{
    private readonly Lock gate = new();

    public void Say(string happened, string text, object? facts = null) => Write(output, text);

    public void Warn(string? id, string text) => Write(errors, text);

    public Task Show(Progress progress, Func<Task> work)
    {
        (long Done, string? Note) told = (-1, null);
        return PeriodicReport.Of(work, Tell, clock);

        void Tell()
        {
            var now = (progress.Done, progress.Note);
            if (told == now)
                return;
            told = now;
            Write(output, $" {progress.Name,-11} {progress.Done}/{progress.Total} {progress.Percent,3}%  {ProgressWords.Facts(progress)}");
        }
    }

    private void Write(TextWriter to, string text)
    {
        lock (gate)
        {
            to.WriteLine(text);
            to.Flush();
        }
    }
}
