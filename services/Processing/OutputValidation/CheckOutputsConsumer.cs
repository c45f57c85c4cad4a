namespace Podcast.Processing.OutputValidation;

/// <summary>
/// Checks the outputs before the episode counts as processed: each is there, and as the rule of its kind says. Then it has the
/// media object described.
/// </summary>
internal sealed class CheckOutputsConsumer(
    OutputValidator validator, MediaDescriber describer, IOptions<OutputOptions> options, IOptions<ProcessingOptions> processing,
    TimeProvider clock, ILogger<CheckOutputsConsumer> logger)
    : IConsumer<CheckOutputs>
{
    public async Task Consume(ConsumeContext<CheckOutputs> context)
    {
        var ((episodeId, round, source, outputs, since, optional, media), token) = (context.Message, context.CancellationToken);
        var mayBeRepeated = round > 1 || context.IsMarkedAsRepeated() || !(context.Age(clock)?.Duration() <= processing.Value.FreshFor);
        try
        {
            var length = await validator.Length(source, token);
            var findings = await Task.WhenAll(outputs.Select(output =>
                Look(output, length, round - since, optional?.Contains(output.Kind) == true, token)));
            OutputObjection[] objections = [.. findings.Select(finding => finding.Objection).OfType<OutputObjection>()];
            var notes = string.Join(' ', findings.Select(finding => finding.Note).OfType<string>());
            logger.OutputsChecked(episodeId, outputs.Count, objections.Length);

            var mediaId = media is null ? null : await describer.Describe(episodeId, source, media, mayBeRepeated, token);
            await context.PublishUntilConfirmed(
                new OutputsChecked(episodeId, round, objections, clock.GetUtcNow(), notes.Length > 0 ? notes : null, mediaId), clock);
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
    private async Task<(OutputObjection? Objection, string? Note)> Look(
        EpisodeOutput output, double? length, int tries, bool isOptional, CancellationToken cancellationToken)
    {
        try
        {
            var (reason, note) = await validator.Validate(output, length, cancellationToken);
            return reason is not null ? (new OutputObjection(output.Kind, reason), null)
                : (null, note is null ? null : $"{output.Kind.WireName()}: {note}");
        }
        catch (OutputException trouble) when (!trouble.Transient
            || (tries > options.Value.PatientRounds && (trouble.Missing || (isOptional && trouble.Until is null))))
        {
            return (new OutputObjection(output.Kind, trouble.Message), null);
        }
    }
}
