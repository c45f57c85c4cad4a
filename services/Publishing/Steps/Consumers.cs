namespace Podcast.Publishing.Steps;

internal sealed class PrepareDraftConsumer(StepRunner steps) : IConsumer<PrepareDraft>
{
    public Task Consume(ConsumeContext<PrepareDraft> context) => steps.Run(
        context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
        (channel, publication, token) => channel.Prepare(publication, token));
}

internal sealed class SendChunkConsumer(StepRunner steps) : IConsumer<SendChunk>
{
    public Task Consume(ConsumeContext<SendChunk> context)
    {
        var again = context.Message.Again || context.IsMarkedAsRepeated();
        return steps.Run(
            context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
            (channel, publication, token) => channel.Send(publication, again, token));
    }
}

internal sealed class ReadBackConsumer(StepRunner steps) : IConsumer<ReadBack>
{
    public Task Consume(ConsumeContext<ReadBack> context) => steps.Run(
        context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
        (channel, publication, token) => publication.Step switch
        {
            Step.Confirm => channel.Confirm(publication, token),
            Step.ConfirmCaptions => channel.ConfirmCaptions(publication, token),
            _ => channel.ReadBack(publication, token),
        });
}

internal sealed class AttachThumbnailConsumer(StepRunner steps) : IConsumer<AttachThumbnail>
{
    public Task Consume(ConsumeContext<AttachThumbnail> context) => steps.Run(
        context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
        (channel, publication, token) => channel.AttachThumbnail(publication, token));
}

internal sealed class AttachCaptionsConsumer(StepRunner steps) : IConsumer<AttachCaptions>
{
    public Task Consume(ConsumeContext<AttachCaptions> context) => steps.Run(
        context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
        (channel, publication, token) => channel.AttachCaptions(publication, token));
}

internal sealed class ReleaseConsumer(StepRunner steps) : IConsumer<Release>
{
    public Task Consume(ConsumeContext<Release> context) => steps.Run(
        context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
        (channel, publication, token) => channel.Release(publication, token));
}

internal sealed class RetractConsumer(StepRunner steps) : IConsumer<Retract>
{
    public Task Consume(ConsumeContext<Retract> context) => steps.Run(
        context, context.Message.EpisodeId, context.Message.Channel, context.Message.Turn,
        (channel, publication, token) => channel.Retract(publication, token));
}
