namespace Podcast.Batch.Planning;

/// <summary>Writes the plan of a run.</summary>
internal sealed class Planner(Backlog backlog, RunSettings settings, bool isEpisodes)
{
    private const int Page = 500;

    public async Task<PlanHead> Write(TextWriter output, CancellationToken cancellationToken)
    {
        var census = await TableStatistics.Take(backlog, cancellationToken);

        // The head counts the items that follow it, so they are written first, to a temporary file: there may be a million.
        var parts = Path.GetTempFileName();
        try
        {
            var (items, bad) = await WriteItems(parts, cancellationToken);
            var pauses = Math.Max(0, (items + settings.BatchSize - 1) / settings.BatchSize - 1);
            var skipped = new SortedDictionary<string, long>
            {
                ["already completed"] = census.Completed,
                ["already dispatched"] = census.Dispatched,
                ["failed before: `podcast-batch retry --failed` puts them back"] = census.Failed,
                ["address that cannot be fetched"] = bad,
            };
            var head = new PlanHead(
                1, backlog.Table.Key, backlog.Clock.GetUtcNow(), isEpisodes ? null : settings.Task, isEpisodes ? Via.Episode : null,
                settings.Rate, settings.BatchSize, settings.Delay.TotalSeconds, items,
                skipped.Where(reason => reason.Value > 0).ToDictionary(),
                Math.Round(items / settings.Rate + pauses * settings.Delay.TotalSeconds, 1),
                census.TaskSeconds is { } seconds ? Math.Round(seconds, 1) : null);

            await output.WriteLineAsync(PlanFile.Write(head));
            await foreach (var line in File.ReadLinesAsync(parts, cancellationToken))
                await output.WriteLineAsync(line);
            return head;
        }
        finally
        {
            File.Delete(parts);
        }
    }

    private async Task<(long Items, long Bad)> WriteItems(string file, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(file);
        var rows = new PendingRows(backlog, withAttempts: true);
        var (items, bad, left) = (0L, 0L, settings.Limit > 0 ? settings.Limit : long.MaxValue);
        while (left > 0 && await rows.Next((int)Math.Min(Page, left), cancellationToken) is { Count: > 0 } page)
        {
            foreach (var row in page)
            {
                var (url, problem) = (MediaUrl.Shown(row.Url), MediaUrl.Problem(row.Url));
                await writer.WriteLineAsync(PlanFile.Write(problem is null
                    ? new PlanItem(row.Id, url, PlanFile.Print(row.Url!), row.Next)
                    : new PlanItem(row.Id, url, Skip: problem)));
                (items, bad) = problem is null ? (items + 1, bad) : (items, bad + 1);
            }

            left -= page.Count;
        }

        return (items, bad);
    }
}
