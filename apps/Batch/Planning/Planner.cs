namespace Podcast.Batch.Planning;

/// <summary>Writes the plan of a run.</summary>
internal sealed class Planner(Backlog backlog, RunSettings settings, bool isEpisodes)
{
    private const int Page = 500;

    public async Task<PlanHead> Write(TextWriter output, CancellationToken cancellationToken)
    {
        var rows = new PlannedRows(backlog);
        var census = await TableStatistics.Take(backlog, cancellationToken);
        var skipped = new SortedDictionary<string, long>
        {
            ["already completed"] = census.Completed,
            ["already dispatched"] = census.Dispatched,
            ["failed before: `podcast-batch retry --failed` puts them back"] = census.Failed,
        };

        // The head counts the items that follow it, so they are written first, to a temporary file since there may be a million
        // lines.
        var parts = Path.GetTempFileName();
        try
        {
            var items = await WriteItems(rows, skipped, parts, cancellationToken);
            var head = new PlanHead(
                1,
                backlog.Table.Key,
                backlog.Clock.GetUtcNow(),
                isEpisodes ? null : settings.Task,
                isEpisodes ? Via.Episode : null,
                settings.Rate,
                settings.BatchSize,
                settings.Delay.TotalSeconds,
                items,
                skipped.Where(reason => reason.Value > 0).ToDictionary(),
                Estimate(items),
                await rows.TaskSeconds(cancellationToken) is { } seconds ? Math.Round(seconds, 1) : null);

            await output.WriteLineAsync(PlanFile.Write(head));
            using var written = new StreamReader(parts);
            while (await written.ReadLineAsync(cancellationToken) is { } line)
                await output.WriteLineAsync(line);
            return head;
        }
        finally
        {
            File.Delete(parts);
        }
    }

    private async Task<long> WriteItems(PlannedRows rows, SortedDictionary<string, long> skipped, string file, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(file);
        var (items, left, after) = (0L, settings.Limit > 0 ? settings.Limit : long.MaxValue, (string?)null);
        while (left > 0 && await rows.Pending(after, (int)Math.Min(Page, left), cancellationToken) is { Count: > 0 } page)
        {
            foreach (var row in page)
            {
                if (MediaUrl.Problem(row.Url) is { } problem)
                {
                    await writer.WriteLineAsync(PlanFile.Write(new PlanItem(row.Id, MediaUrl.Shown(row.Url), Skip: problem)));
                    skipped["address that cannot be fetched"] = skipped.GetValueOrDefault("address that cannot be fetched") + 1;
                    continue;
                }

                await writer.WriteLineAsync(PlanFile.Write(new PlanItem(row.Id, MediaUrl.Shown(row.Url), PlanFile.Print(row.Url!), (int)row.Next)));
                items++;
            }

            left -= page.Count;
            after = page[^1].Id;
        }

        return items;
    }

    /// <summary>The time to send the items at the set rate, plus the pauses between the batches.</summary>
    private double Estimate(long items)
    {
        var pauses = Math.Max(0, (items + settings.BatchSize - 1) / settings.BatchSize - 1);
        return Math.Round(items / settings.Rate + pauses * settings.Delay.TotalSeconds, 1);
    }
}
