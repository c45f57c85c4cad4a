namespace Podcast.Batch.Planning;

/// <summary>
/// Compares a plan with the table: which rows may be sent, were done already, or were changed since the plan was made.
/// </summary>
internal sealed class PlanCheck(PlannedRows rows)
{
    private const int Page = 200;

    public long Fit { get; private set; }

    public long Done { get; private set; }

    /// <summary>
    /// Checks the whole plan and calls <paramref name="refuse"/> with the id and the problem of each row that was changed.
    /// </summary>
    public async Task Run(IEnumerable<PlanItem> items, Action<string, string> refuse, CancellationToken cancellationToken)
    {
        foreach (var page in items.Chunk(Page))
        {
            foreach (var (item, _, problem) in await Look(page, cancellationToken))
            {
                if (problem is null)
                    Fit++;
                else if (problem == AlreadyDone)
                    Done++;
                else
                    refuse(item.Id, problem);
            }
        }
    }

    /// <summary>Returns the rows that may be sent, a batch at a time.</summary>
    public Func<int, Task<IReadOnlyList<Candidate>>> Source(IEnumerable<PlanItem> items, CancellationToken cancellationToken)
    {
        var left = items.GetEnumerator();
        return async count =>
        {
            var batch = new List<Candidate>(count);
            while (batch.Count < count && Take(left, count - batch.Count) is { Count: > 0 } page)
                batch.AddRange((await Look(page, cancellationToken)).Where(found => found.Problem is null).Select(found => found.Row!));
            return batch;
        };
    }

    private const string AlreadyDone = "done";

    private static List<PlanItem> Take(IEnumerator<PlanItem> items, int count)
    {
        var page = new List<PlanItem>(count);
        while (page.Count < count && items.MoveNext())
            page.Add(items.Current);
        return page;
    }

    private async Task<IReadOnlyList<(PlanItem Item, Candidate? Row, string? Problem)>> Look(
        IReadOnlyList<PlanItem> page, CancellationToken cancellationToken)
    {
        var found = await rows.Find([.. page.Select(item => item.Id)], cancellationToken);
        return [.. page.Select(item =>
        {
            var row = found.GetValueOrDefault(item.Id);
            return (item, row is null ? null : new Candidate(row.Id, row.Url), Problem(item, row));
        })];
    }

    private static string? Problem(PlanItem item, PlannedRow? row) => row switch
    {
        null => "the row is gone",
        { Url: var url } when url is null || PlanFile.Print(url) != item.Sha256 => "its address was changed",
        { Status: not Status.Pending, Last: { } last } when last == item.Attempt => AlreadyDone,
        { Status: not Status.Pending } => $"it is {row.Status} by now",
        _ when row.Next != item.Attempt => "it was tried meanwhile",
        _ => null,
    };
}
