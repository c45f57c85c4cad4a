namespace Podcast.Processing.OutputValidation;

/// <summary>Checks the outputs before the episode counts as processed: each is there, and as the rule of its kind says.</summary>
internal sealed class CheckOutputsConsumer(
    OutputValidator validator, IOptions<OutputOptions> options, TimeProvider clock, ILogger<CheckOutputsConsumer> logger)
    : IConsumer<CheckOutputs>
{
    public async Task Consume(ConsumeContext<CheckOutputs> context)
    {
        var (episodeId, round, source, outputs, since, optional) = context.Message;
        try
        {
            var length = await validator.Length(source, context.CancellationToken);
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
            var remarks = notes.Count > 0 ? string.Join(' ', notes) : null;
            await context.PublishUntilConfirmed(new OutputsChecked(episodeId, round, objections, clock.GetUtcNow(), remarks), clock);
        }
        catch (OutputException delay)
        {
            logger.OutputCheckDelayed(episodeId, delay.Message);
            await context.PublishUntilConfirmed(
                new OutputCheckDelayed(episodeId, round, delay.Message, clock.GetUtcNow(), delay.Until), clock);
        }
    }

    /// <summary>
    /// A transient error delays the check of all outputs, until <see cref="OutputOptions.PatientRounds"/> are over; then it is an
    /// objection.
    /// </summary>
    private async Task<(string? Objection, string? Note)> Object(
        EpisodeOutput output, double? length, int tries, bool isOptional, CancellationToken cancellationToken)
    {
        try
        {
            return await validator.Validate(output, length, cancellationToken);
        }
        catch (OutputException trouble) when (!trouble.Transient
            || (tries > options.Value.PatientRounds && (trouble.Missing || (isOptional && trouble.Until is null))))
        {
            return (trouble.Message, null);
        }
    }
}
