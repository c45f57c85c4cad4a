using Microsoft.Extensions.Logging;
using Podcast.Throttling.Data;

namespace Podcast.Throttling;

/// <summary>
/// Publishes the opening of a lane, and records in the row that it is published. A failure in between publishes it twice, which
/// is harmless, because consumers are idempotent.
/// </summary>
internal sealed class Openings(LaneStore store, LaneNews news, ILogger<ProviderThrottle> logger)
{
    public async Task Tell(LaneEventRow opened, CancellationToken cancellationToken)
    {
        if (!await news.Opened(opened))
            return;

        try
        {
            await store.Told(opened.At, cancellationToken);
        }
        catch (Exception trouble)
        {
            logger.NotTold(store.Name, trouble.GetBaseException().GetType().Name);
        }
    }

    public async Task TellWhatIsUntold(CancellationToken cancellationToken)
    {
        var row = (await store.Read(cancellationToken)).Row;
        if (row.UntoldSince is { } since)
            await Tell(row.Event(since, "opened", row.By ?? store.Name, why: null), cancellationToken);
    }
}
