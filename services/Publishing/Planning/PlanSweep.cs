namespace Podcast.Publishing.Planning;

/// <summary>
/// Makes the plan again and again, and tells each publication whose times have changed. The publication tells the world: so only
/// changed times are told. Any number of processes may run it.
/// </summary>
internal sealed class PlanSweep(
    IServiceScopeFactory scopes, IBus bus, IOptions<PublishingOptions> options, TimeProvider clock, ILogger<PlanSweep> log)
    : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private Dictionary<Guid, (Place Place, DateTimeOffset At)> told = [];
    private HashSet<QuotaSpent> toldQuotas = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Periodic.Run(Run, options.Value.PlanInterval, clock, log, stoppingToken);

    private async Task Run(CancellationToken cancellationToken)
    {
        if (bus.IsAway())
            return;
        await using var scope = scopes.CreateAsyncScope();
        if (!await scope.ServiceProvider.GetRequiredService<OpenPublications>().Exist(cancellationToken))
        {
            told = [];
            return; // a plan takes a transaction and several queries
        }

        var plan = await scope.ServiceProvider.GetRequiredService<Plans>().Make(cancellationToken);
        await TellQuotas(plan.Quotas, cancellationToken);
        var changes = plan.Rows
            .Select(row => (Row: row, Place: plan.PlaceOf(row.Id)))
            .Where(one => one.Place is not null && IsNews(one.Row, one.Place, plan.At))
            .ToDictionary(one => one.Row.Id, one => (one.Row.EpisodeId, Place: one.Place!));
        told = told.Where(one => changes.ContainsKey(one.Key)).ToDictionary();
        foreach (var (id, (episode, place)) in changes)
        {
            // A saga that has much to do gets the same news once.
            if (told.TryGetValue(id, out var last) && last.At + Again > plan.At
                && !Place.Differs(last.Place.UploadAt, place.UploadAt, plan.At)
                && !Place.Differs(last.Place.CaptionsAt, place.CaptionsAt, plan.At))
                continue;
            await bus.Publish(
                new PublicationReplanned(episode, PublishingChannel.Youtube, place.UploadAt, place.CaptionsAt, place.Why),
                CancellationToken.None).WaitAsync(options.Value.ClaimLease, clock, cancellationToken);
            told[id] = (place, plan.At);
        }
    }

    /// <summary>Each process tells what it has not told yet: a repetition changes nothing.</summary>
    private async Task TellQuotas(IReadOnlyList<QuotaSpent> quotas, CancellationToken cancellationToken)
    {
        foreach (var quota in quotas.Where(quota => !toldQuotas.Contains(quota with { At = default })))
            await bus.Publish(quota, CancellationToken.None).WaitAsync(options.Value.ClaimLease, clock, cancellationToken);
        toldQuotas = [.. quotas.Select(quota => quota with { At = default })];
    }

    private static bool IsNews(OpenPublication row, Place place, DateTimeOffset now) =>
        Place.Differs(row.PlannedAt, place.UploadAt, now) || Place.Differs(row.CaptionsPlannedAt, place.CaptionsAt, now);
}
