using System.Data.Common;
using Podcast.Media;
using Podcast.Throttling;

namespace Podcast.Publishing.Steps;

/// <summary>
/// Does a step of a publication and publishes how it ended. It holds no transaction meanwhile: what a crash loses is asked for
/// again, and the channel is asked before anything is repeated.
/// </summary>
internal sealed class StepRunner(
    PublishingDbContext database, IEnumerable<IChannel> channels, IOptions<PublishingOptions> options, TimeProvider clock,
    ILogger<StepRunner> log)
{
    public async Task Run(
        ConsumeContext context, Guid episodeId, PublishingChannel kind, int turn,
        Func<IChannel, Publication, CancellationToken, Task<StepResult>> step)
    {
        var id = PublicationId.Of(episodeId, kind);
        var publication = await database.Publications.AsNoTracking()
            .FirstOrDefaultAsync(one => one.CorrelationId == id, context.CancellationToken);
        if (publication is not { IsAsked: true } || publication.Turn != turn)
        {
            log.StepIsPast(episodeId, kind, turn);
            return;
        }

        var result = await Try(
            token => step(channels.Single(channel => channel.Kind == kind), publication, token), context.CancellationToken);
        log.StepEnded(episodeId, kind, publication.Step, result.Outcome, result.Reason);
        await context.PublishUntilConfirmed(
            new PublicationStepEnded(
                episodeId, kind, turn, result.Outcome, result.Receipt, result.Reason, result.Advice, result.Until?.ToUniversalTime()),
            clock);
    }

    private async Task<StepResult> Try(Func<CancellationToken, Task<StepResult>> step, CancellationToken cancellationToken)
    {
        try
        {
            return await clock.Limit(options.Value.UnansweredAfter, "The step", step, cancellationToken);
        }
        catch (StepException ended)
        {
            return ended.Result;
        }
        catch (HeldBackException held)
        {
            return StepResult.Later(held.Message, clock.GetUtcNow() + held.RetryAfter);
        }
        catch (OutputException output)
        {
            return new(output.Transient ? StepOutcome.Failed : StepOutcome.Refused, null, output.Message, null, output.Until);
        }
        catch (Exception trouble) when (
            !cancellationToken.IsCancellationRequested && trouble is HttpRequestException or IOException or OperationCanceledException)
        {
            return new(StepOutcome.Failed, null, $"The connection broke ({trouble.GetType().Name}).");
        }
        catch (Exception bug) when (!cancellationToken.IsCancellationRequested && bug.GetBaseException() is not DbException)
        {
            log.StepBroke(bug);
            return new(StepOutcome.Failed, null, $"Our own service failed on it ({bug.GetType().Name}).");
        }
    }
}
