using MassTransit;
using Microsoft.Extensions.Options;
using Podcast.Contracts;
using Podcast.Hosting.Bus;
using Podcast.Processing.Outputs;

namespace Podcast.Processing.Inspecting;

/// <summary>Looks at what was made before the episode counts as processed: there, not empty, of its kind, as long as the source.</summary>
internal sealed class CheckOutputsConsumer(
    Inspector inspector, IOptions<InspectionOptions> options, TimeProvider clock, ILogger<CheckOutputsConsumer> logger)
    : IConsumer<CheckOutputs>
{
    public async Task Consume(ConsumeContext<CheckOutputs> context)
    {
        var (episodeId, round, source, outputs, since, _) = context.Message;
        try
        {
            var length = await inspector.Length(source, context.CancellationToken);
            var objections = new List<OutputObjection>();
            foreach (var output in outputs)
            {
                if (await Object(output, length, round - since, context.CancellationToken) is { } reason)
                    objections.Add(new OutputObjection(output.Kind, reason));
            }

            logger.OutputsChecked(episodeId, outputs.Count, objections.Count);
            await context.PublishUntilConfirmed(new OutputsChecked(episodeId, round, objections, clock.GetUtcNow()), clock);
        }
        catch (OutputException delay)
        {
            logger.OutputCheckDelayed(episodeId, delay.Message);
            await context.PublishUntilConfirmed(
                new OutputCheckDelayed(episodeId, round, delay.Message, clock.GetUtcNow(), delay.Until), clock);
        }
    }

    /// <summary>What is wrong with an output, or null. What may pass delays the whole check.</summary>
    private async Task<string?> Object(EpisodeOutput output, double? length, int tries, CancellationToken cancellationToken)
    {
        try
        {
            return Judge.Object(await inspector.Inspect(output, cancellationToken), length, options.Value);
        }
        catch (OutputException trouble) when (!trouble.Transient || (trouble.Missing && tries > options.Value.PatientRounds))
        {
            return trouble.Message;
        }
    }
}
