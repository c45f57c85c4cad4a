namespace Podcast.Batch.Running;

/// <summary>Shows what would be processed, without requests and without changes.</summary>
internal static class DryRun
{
    private const int Page = 500;

    public static async Task<int> Run(Backlog backlog, int limit, IReporter reporter, CancellationToken cancellationToken)
    {
        var waiting = new PendingRows(backlog);
        var left = await waiting.Count(limit, cancellationToken);
        reporter.Found(left);
        while (left > 0 && await waiting.Next((int)Math.Min(Page, left), cancellationToken) is { Count: > 0 } page)
        {
            left -= page.Count;
            foreach (var (id, address, _, _, _) in page)
            {
                var url = MediaUrl.Shown(address);
                if (MediaUrl.Problem(address) is { } problem)
                    reporter.Warn(id, $"  Would fail: media #{id}: {problem}");
                else
                    reporter.Say("would_process", $"  Would process: {url}", new { id, url });
            }
        }

        return ExitCodes.Ok;
    }
}
