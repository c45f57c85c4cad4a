namespace Podcast.Batch.Running;

/// <summary>Shows what would be processed, without requests and without changes.</summary>
internal static class DryRun
{
    private const int Page = 500;

    public static async Task<int> Run(Backlog backlog, int limit, IReporter reporter, CancellationToken cancellationToken)
    {
        var waiting = new PendingRows(backlog);
        var left = await waiting.Count(limit, cancellationToken);
        if (left == 0)
        {
            reporter.Say("nothing", "No unprocessed media found.");
            return ExitCodes.Ok;
        }

        reporter.Say("found", $"Found {left} unprocessed media files.", new { count = left });
        while (left > 0 && await waiting.Next((int)Math.Min(Page, left), cancellationToken) is { Count: > 0 } page)
        {
            left -= page.Count;
            foreach (var row in page)
                Tell(row);
        }

        return ExitCodes.Ok;

        void Tell(Candidate row)
        {
            var url = MediaUrl.Shown(row.Url);
            if (MediaUrl.Problem(row.Url) is { } problem)
                reporter.Warn(row.Id, $"  Would fail: media #{row.Id}: {problem}");
            else
                reporter.Say("would_process", $"  Would process: {url}", new { row.Id, url });
        }
    }
}
