namespace Podcast.Processing.Inspecting;

/// <summary>
/// Checks the outputs before the episode counts as processed: they exist, are not empty, have the right type and the source's
/// duration.
/// </summary>
internal sealed class CheckOutputsConsumer(
    OutputProbe probe, IOptions<InspectionOptions> options, TimeProvider clock, ILogger<CheckOutputsConsumer> logger)
    : IConsumer<CheckOutputs>
{
    public async Task Consume(ConsumeContext<CheckOutputs> context)
    {
        var (episodeId, round, source, outputs, since, optional) = context.Message;
        try
        {
            var length = await probe.Length(source, context.CancellationToken);
            var (objections, notes) = (new List<OutputObjection>(), new List<string>());
            foreach (var output in outputs)
            {
                var isOptional = optional?.Contains(output.Kind) == true;
                var (reason, note) = await Object(output, length, round - since, isOptional, context.CancellationToken);
                if (reason is not null)
                    objections.Add(new OutputObjection(output.Kind, reason));
                else if (note is not null)
                    notes.Add($"{output.Kind.WireName()}: {note}");
            }

            logger.OutputsChecked(episodeId, outputs.Count, objections.Count);
            await context.PublishUntilConfirmed(
                new OutputsChecked(episodeId, round, objections, clock.GetUtcNow(), notes.Count > 0 ? string.Join(' ', notes) : null), clock);
        }
        catch (OutputException delay)
        {
            logger.OutputCheckDelayed(episodeId, delay.Message);
            await context.PublishUntilConfirmed(
                new OutputCheckDelayed(episodeId, round, delay.Message, clock.GetUtcNow(), delay.Until), clock);
        }
    }

    /// <summary>
    /// Returns the objection to an output, or null and a note about harmless oddities. A transient error delays the check of all
    /// outputs, until <see cref="InspectionOptions.PatientRounds"/> is exceeded.
    /// </summary>
    private async Task<(string? Objection, string? Note)> Object(
        EpisodeOutput output, double? length, int tries, bool isOptional, CancellationToken cancellationToken)
    {
        try
        {
            var facts = await probe.Inspect(output, cancellationToken);
            return (OutputValidator.Validate(facts, length, options.Value), facts.Note);
        }
        catch (OutputException trouble) when (!trouble.Transient
            || (tries > options.Value.PatientRounds && (trouble.Missing || (isOptional && trouble.Until is null))))
        {
            return (trouble.Message, null);
        }
    }
}
