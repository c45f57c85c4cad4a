namespace Podcast.Publishing.Accounts;

/// <summary>The publications that failed and belong to an account: once it is connected again, each is tried once more.</summary>
internal sealed class HeldPublications(PublishingDbContext database, IPublishEndpoint bus)
{
    /// <returns>Their number. The outbox tells them, as soon as the service runs.</returns>
    public async Task<int> Retry(string account, CancellationToken cancellationToken)
    {
        var failed = await database.Publications.AsNoTracking()
            .Where(one => one.Channel == PublishingChannel.Youtube
                && one.CurrentState == nameof(PublicationStateMachine.Failed))
            .Select(one => new { one.EpisodeId, one.Show }).ToListAsync(cancellationToken);
        var held = failed.FindAll(one => one.Show.Channels.Youtube?.Account == account);
        foreach (var one in held)
            await bus.Publish(new RetryPublication(one.EpisodeId, PublishingChannel.Youtube, "connect youtube"), cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        return held.Count;
    }
}
