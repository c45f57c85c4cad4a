namespace Podcast.Publishing.Steps;

internal sealed class PrepareDraftConsumer(StepRunner steps) : IConsumer<PrepareDraft>
{
    public Task Consume(ConsumeContext<PrepareDraft> context) => steps.Run(
        context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
        (channel, publication) => channel.Prepare(publication, context.CancellationToken));
}

internal sealed class SendChunkConsumer(StepRunner steps) : IConsumer<SendChunk>
{
    public Task Consume(ConsumeContext<SendChunk> context)
    {
        var again = context.Message.Again || context.IsMarkedAsRepeated();
        return steps.Run(
            context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
            (channel, publication) => channel.Send(publication, again, context.CancellationToken));
    }
}

internal sealed class ReadBackConsumer(StepRunner steps) : IConsumer<ReadBack>
{
    public Task Consume(ConsumeContext<ReadBack> context) => steps.Run(
        context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
        (channel, publication) => publication.Step switch
        {
            Step.Confirm => channel.Confirm(publication, context.CancellationToken),
            Step.ConfirmCaptions => channel.ConfirmCaptions(publication, context.CancellationToken),
            _ => channel.ReadBack(publication, context.CancellationToken),
        });
}

internal sealed class AttachThumbnailConsumer(StepRunner steps) : IConsumer<AttachThumbnail>
{
    public Task Consume(ConsumeContext<AttachThumbnail> context) => steps.Run(
        context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
        (channel, publication) => channel.AttachThumbnail(publication, context.CancellationToken));
}

internal sealed class AttachCaptionsConsumer(StepRunner steps) : IConsumer<AttachCaptions>
{
    public Task Consume(ConsumeContext<AttachCaptions> context) => steps.Run(
        context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
        (channel, publication) => channel.AttachCaptions(publication, context.CancellationToken));
}

internal sealed class ReleaseConsumer(StepRunner steps) : IConsumer<Release>
{
    public Task Consume(ConsumeContext<Release> context) => steps.Run(
        context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
        (channel, publication) => channel.Release(publication, context.CancellationToken));
}

internal sealed class RetractConsumer(StepRunner steps) : IConsumer<Retract>
{
    public Task Consume(ConsumeContext<Retract> context) => steps.Run(
        context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
        (channel, publication) => channel.Retract(publication, context.CancellationToken));
}
