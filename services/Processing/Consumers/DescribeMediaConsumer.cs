using System.Text.Json;

namespace Podcast.Processing.Consumers;

/// <summary>
/// Gives the episode's media object at Ittybit its title, description and our id, as the tutorial does. No other step depends on
/// it: after some tries the failure is only logged.
/// </summary>
internal sealed class DescribeMediaConsumer(
    IIttybitApi ittybit, IttybitGateway provider, IOptions<ProcessingOptions> options, TimeProvider clock,
    ILogger<DescribeMediaConsumer> logger) : IConsumer<DescribeMedia>
{
    private const int PageSize = 100;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10); // RabbitMQ's consumer timeout is 30 minutes

    public async Task Consume(ConsumeContext<DescribeMedia> context)
    {
        var (message, limits) = (context.Message, options.Value);
        var mayExist = message.Again || context.IsMarkedAsRepeated() || !(context.Age(clock)?.Duration() <= limits.FreshFor);
        var answer = await provider.Retry(
            token =>
            {
                var isFirst = !mayExist;
                mayExist = true;
                return Describe(message, isFirst, token);
            }, IttybitGateway.IsTransient, limits.DescribeTries, limits.DescribeDelay, factor: 2,
            context.CancellationToken);
        if (answer.Failure is { Kind: IttybitFailureKind.LaneBlocked } blocked)
        {
            logger.MediaPutOff(message.EpisodeId, blocked.Message);
            var wait = provider.OpenAgain(blocked) - clock.GetUtcNow();
            await Task.Delay(wait < LongestWait ? wait : LongestWait, clock, context.CancellationToken);
            await context.PublishUntilConfirmed(message with { Again = true }, clock); // to the end of the queue
        }
        else if (answer.Value is { Length: > 0 } mediaId)
        {
            logger.MediaDescribed(message.EpisodeId, mediaId);
            await context.PublishUntilConfirmed(new MediaDescribed(message.EpisodeId, mediaId), clock);
        }
        else
            logger.MediaNotDescribed(message.EpisodeId, answer.Failure?.Message ?? "its file belongs to no media object");
    }

    private async Task<string?> Describe(DescribeMedia message, bool isFirst, CancellationToken cancellationToken)
    {
        var request = Request(message);
        if (message.Source.FileId is not { } fileId)
        {
            var made = isFirst ? null : await Find(message.EpisodeId, cancellationToken);
            return made ?? (await ittybit.CreateMedia(request, cancellationToken)).Id;
        }

        var mediaId = (await ittybit.GetFile(fileId, cancellationToken)).MediaId;
        if (mediaId is not null)
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

    private static MediaRequest Request(DescribeMedia message)
    {
        var metadata = new Dictionary<string, string> { ["title"] = message.Title, ["episode_id"] = message.EpisodeId.ToString() };
        if (message.Description is { } description)
            metadata["description"] = description;
        return new MediaRequest { Title = message.Title, Metadata = metadata };
    }
}
