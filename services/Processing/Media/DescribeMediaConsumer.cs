namespace Podcast.Processing.Media;

/// <summary>
/// Gives the episode's media object at Ittybit its title, description and our id, as the tutorial does. No other step depends on
/// it: after some tries the failure is only logged.
/// </summary>
internal sealed class DescribeMediaConsumer(
    IIttybitApi ittybit, IttybitGateway provider, IOptions<ProcessingOptions> options, TimeProvider clock, ILogger<DescribeMediaConsumer> logger)
    : IConsumer<DescribeMedia>
{
    private const int PageSize = 100;

    // Well below RabbitMQ's consumer timeout of 30 minutes.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    public async Task Consume(ConsumeContext<DescribeMedia> context)
    {
        var message = context.Message;
        var answer = await Ask(token => Describe(message, token), context.CancellationToken);
        if (answer.Failure is { Kind: IttybitFailureKind.LaneBlocked } blocked)
        {
            logger.MediaPutOff(message.EpisodeId, blocked.Message);
            await Task.Delay(Shorter(provider.OpenAgain(blocked) - clock.GetUtcNow(), LongestWait), clock, context.CancellationToken);
            await context.PublishUntilConfirmed(message, clock); // to the end of the queue
            return;
        }

        if (answer.Value is not { Length: > 0 } mediaId)
        {
            logger.MediaNotDescribed(message.EpisodeId, answer.Failure?.Message ?? "its file belongs to no media object");
            return;
        }

        logger.MediaDescribed(message.EpisodeId, mediaId);
        await context.PublishUntilConfirmed(new MediaDescribed(message.EpisodeId, mediaId), clock);
    }

    private async Task<Answer<string?>> Ask(Func<CancellationToken, Task<string?>> describe, CancellationToken cancellationToken)
    {
        var delay = options.Value.DescribeDelay;
        for (var tries = 1; ; tries++, delay *= 2)
        {
            var answer = await provider.Try(describe, cancellationToken);
            if (answer.Failure is not { Kind: IttybitFailureKind.Transient } || tries == options.Value.DescribeTries)
                return answer;

            await Task.Delay(delay, clock, cancellationToken);
        }
    }

    private async Task<string?> Describe(DescribeMedia message, CancellationToken cancellationToken)
    {
        var request = Request(message);
        var mediaId = message.Source.FileId is { } fileId
            ? (await ittybit.GetFile(fileId, cancellationToken)).MediaId
            : await Find(message.EpisodeId, cancellationToken) ?? (await ittybit.CreateMedia(request, cancellationToken)).Id;
        if (mediaId is not null && message.Source.FileId is not null)
            await ittybit.UpdateMedia(mediaId, request, cancellationToken);
        return mediaId;
    }

    private async Task<string?> Find(Guid episodeId, CancellationToken cancellationToken)
    {
        for (var page = 1; page <= options.Value.MediaPages; page++)
        {
            var media = await ittybit.ListMedia(page, PageSize, cancellationToken);
            if (media.IsUnreadable)
                throw new JsonException("Nothing on a page of Ittybit's list of media can be read.");
            if (media.Sent == 0)
                return null;
            if (media.FirstOrDefault(one => one.Metadata.GetValueOrDefault("episode_id") == episodeId.ToString()) is { } found)
                return found.Id;
        }

        return null;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static MediaRequest Request(DescribeMedia message)
    {
        var metadata = new Dictionary<string, string> { ["title"] = message.Title, ["episode_id"] = message.EpisodeId.ToString() };
        if (message.Description is { } description)
            metadata["description"] = description;
        return new MediaRequest { Title = message.Title, Metadata = metadata };
    }
}
