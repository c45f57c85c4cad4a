namespace Podcast.Batch.Planning;

/// <summary>Compares a plan with the table: which rows may be sent, were done already, or were changed since.</summary>
internal sealed class PlanCheck(Backlog backlog, IReporter reporter)
{
    private const int Page = 200;
    private const string AlreadyDone = "done";

    private readonly PendingRows rows = new(backlog, withAttempts: true);

    public long Fit { get; private set; }

    public long Refused { get; private set; }

    /// <summary>Checks the whole plan and reports each row that was changed.</summary>
    public async Task Run(IEnumerable<PlanItem> items, CancellationToken cancellationToken)
    {
        var done = 0L;
        foreach (var page in items.Chunk(Page))
        {
            foreach (var (item, _, problem) in await Look(page, cancellationToken))
            {
                Fit += problem is null ? 1 : 0;
                done += problem is AlreadyDone ? 1 : 0;
                if (problem is null or AlreadyDone)
                    continue;

                Refused++;
                reporter.Warn(item.Id, $"Media #{item.Id} is left out: {problem}.");
            }
        }

        reporter.Say(
            "checked",
            $"{Fit} items to process, {done} done before, {Refused} changed since the plan.",
            new { count = Fit, done, refused = Refused });
    }

    /// <summary>Returns the rows that may be sent, a batch at a time.</summary>
    public Func<int, Task<IReadOnlyList<Candidate>>> Source(IEnumerable<PlanItem> items, CancellationToken cancellationToken)
    {
        var left = items.GetEnumerator();
        return async count =>
        {
            var batch = new List<Candidate>(count);
            while (batch.Count < count && Take(count - batch.Count) is { Count: > 0 } page)
                batch.AddRange(from found in await Look(page, cancellationToken) where found.Problem is null select found.Row);
            return batch;
        };

        List<PlanItem> Take(int count) => [.. Enumerable.Range(0, count).TakeWhile(_ => left.MoveNext()).Select(_ => left.Current)];
    }

    private async Task<IEnumerable<(PlanItem Item, Candidate? Row, string? Problem)>> Look(
        IReadOnlyList<PlanItem> page, CancellationToken cancellationToken)
    {
        var found = (await rows.Find([.. page.Select(item => item.Id)], cancellationToken)).ToDictionary(row => row.Id);
        return from item in page let row = found.GetValueOrDefault(item.Id) select (item, row, Problem(item, row));
    }

    private static string? Problem(PlanItem item, Candidate? row) => row switch
    {
        null => "the row is gone",
        { Url: var url } when url is null || PlanFile.Print(url) != item.Sha256 => "its address was changed",
        { Status: not Status.Pending, Last: { } last } when last == item.Attempt => AlreadyDone,
        { Status: not Status.Pending } => $"it is {row.Status} by now",
        _ when row.Next != item.Attempt => "it was tried meanwhile",
        _ => null,
    };
}
