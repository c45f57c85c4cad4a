using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Planning;

/// <summary>Spends quota for a publication when its place in the plan has come; otherwise it says when that is, and why.</summary>
internal sealed class Turns(
    PublishingDbContext database, Plans plans, YouTubeQuota quota, IOptions<YouTubeOptions> costs, TimeProvider clock)
{
    /// <summary>Spends one upload of the project's day.</summary>
    /// <exception cref="StepException">The channel takes none now, or the place is a later one.</exception>
    public async Task SpendUpload(Publication publication, YouTubeAccess access, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var pause = await database.UploadPauses.AsNoTracking()
            .FirstOrDefaultAsync(pause => pause.ChannelId == access.ChannelId && pause.Until > now, cancellationToken);
        if (pause is not null)
        {
            if (!(publication.RetriedAt > pause.Until - YouTubeFailure.UploadLimit)
                || !await Pay(publication, access, YouTubeQuota.Inserts, 1, cancellationToken))
                throw new UploadLimitException(pause.Until);
            return; // a person wants the channel to be asked once more
        }

        var plan = await plans.Make(cancellationToken);
        var place = plan.PlaceOf(publication.CorrelationId);
        if (!(place?.UploadAt > plan.At) && await Pay(publication, access, YouTubeQuota.Inserts, 1, cancellationToken))
            return;
        var until = Later(place?.UploadAt, plan.At);
        throw Wait(place, until, new PublicationReceipt(PlannedAt: until));
    }

    /// <summary>Spends the units of captions that follow a public video.</summary>
    /// <exception cref="StepException">The place is a later one.</exception>
    public async Task SpendCaptions(Publication publication, YouTubeAccess access, CancellationToken cancellationToken)
    {
        var plan = await plans.Make(cancellationToken);
        var place = plan.PlaceOf(publication.CorrelationId);
        if (!(place?.CaptionsAt > plan.At)
            && await Pay(publication, access, YouTubeQuota.Units, costs.Value.CaptionInsertCost, cancellationToken))
            return;
        var until = Later(place?.CaptionsAt, plan.At);
        throw Wait(place, until, new PublicationReceipt(CaptionsPlannedAt: until));
    }

    /// <summary>Spends the units of a list of captions that have followed.</summary>
    /// <exception cref="StepException">Today's are planned for something else.</exception>
    public async Task SpendCheck(Publication publication, YouTubeAccess access, CancellationToken cancellationToken)
    {
        var plan = await plans.Make(cancellationToken);
        if (plan.PlaceOf(publication.CorrelationId)?.CheckAt is { } at && at > plan.At)
            throw new StepException(StepOutcome.Later, "The captions are looked for when the Google project has units left.", null, at);
        await quota.Spend(access.Project, costs.Value.CaptionListCost, cancellationToken);
    }

    /// <summary>Spends, and notes it at the publication, in one transaction: so the plan counts neither twice nor not at all.</summary>
    private async Task<bool> Pay(
        Publication publication, YouTubeAccess access, string bucket, int cost, CancellationToken cancellationToken)
    {
        var today = PacificDay.Of(clock.GetUtcNow());
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (!await quota.TrySpend(access.Project, bucket, cost, cancellationToken))
            return false;
        var row = database.Publications.Where(one => one.CorrelationId == publication.CorrelationId);
        await (bucket == YouTubeQuota.Inserts
            ? row.ExecuteUpdateAsync(change => change.SetProperty(one => one.UploadPaidOn, today), cancellationToken)
            : row.ExecuteUpdateAsync(change => change.SetProperty(one => one.CaptionsPaidOn, today), cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>A place of today that is taken meanwhile is one of tomorrow.</summary>
    private static DateTimeOffset Later(DateTimeOffset? at, DateTimeOffset now) => at > now ? at.Value : PacificDay.Next(now);

    private static StepException Wait(Place? place, DateTimeOffset until, PublicationReceipt receipt) =>
        new(StepOutcome.Later, place?.Why ?? "The quota of the Google project is used up.", null, until, receipt);
}
