namespace Podcast.Ingest.Api.Backlog;

/// <summary>Takes the reports of the backlog command, and shows its runs.</summary>
internal static class BacklogEndpoints
{
    private const int MostRuns = 50;

    public static void MapBacklogRuns(this RouteGroupBuilder runs)
    {
        runs.MapGet("/", List).WithSummary($"Your newest {MostRuns} runs of the backlog command");
        runs.MapGet("/{id:guid}", Read).WithSummary("A run of the backlog command");
        runs.MapPut("/{id:guid}", Put).WithSummary("Tell how a run of the backlog command stands")
            .WithDescription(
                "`podcast-batch run --report-to` calls it. Replaces what is known of the run, unless `number` is not greater than the one "
                + $"that is known; the answer is the run as it stands. Runs are kept for {BacklogRuns.Kept.TotalDays:0} days.");
    }

    private static async Task<Ok<RunsView>> List(
        Owner owner, IngestDb db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var newest = await db.BacklogRuns.AsNoTracking().Where(run => run.UserId == owner.Id)
            .OrderByDescending(run => run.StartedAt).ThenBy(run => run.Id).Take(MostRuns).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return TypedResults.Ok(new RunsView(newest.ConvertAll(run => RunView.Of(run, now))));
    }

    private static async Task<Results<Ok<RunView>, NotFound>> Read(
        Owner owner, Guid id, IngestDb db, TimeProvider clock, CancellationToken cancellationToken) =>
        await db.BacklogRuns.AsNoTracking().SingleOrDefaultAsync(r => r.UserId == owner.Id && r.Id == id, cancellationToken) is { } run
            ? TypedResults.Ok(RunView.Of(run, clock.GetUtcNow()))
            : TypedResults.NotFound();

    private static async Task<Ok<RunView>> Put(
        Guid id, Posted<RunReport> posted, BacklogRuns runs, TimeProvider clock, CancellationToken cancellationToken) =>
        TypedResults.Ok(RunView.Of(await runs.Put(posted.Owner, id, posted.Body, cancellationToken), clock.GetUtcNow()));
}
