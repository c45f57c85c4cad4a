using System.Text.Json;

namespace Podcast.Processing.OutputValidation;

/// <summary>
/// Gives the episode's media object at Ittybit its title, description and our id, as the tutorial does. No other step depends on
/// it: after some tries the failure is only logged.
/// </summary>
internal sealed class MediaDescriber(
    IIttybitApi ittybit, IttybitGateway provider, IOptions<ProcessingOptions> options, ILogger<MediaDescriber> logger)
{
    private const int PageSize = 100;

    /// <summary>Returns the id of the media object, or null if it could not be described.</summary>
    /// <param name="mayExist">True if an earlier call may have made the media object; it is looked for then.</param>
    public async Task<string?> Describe(
        Guid episodeId, EpisodeSource source, MediaDescription texts, bool mayExist, CancellationToken cancellationToken)
    {
        var (request, limits) = (Request(episodeId, texts), options.Value);
        var answer = await provider.Calls.Retry(
            token =>
            {
                var isFirst = !mayExist;
                mayExist = true;
                return source.FileId is { } fileId ? Update(fileId, request, token) : Make(episodeId, request, isFirst, token);
            },
            IttybitCalls.IsTransient, limits.DescribeTries, limits.DescribeDelay, factor: 2, cancellationToken);
        if (answer.Value is { Length: > 0 } mediaId)
        {
            logger.MediaDescribed(episodeId, mediaId);
            return mediaId;
        }

        logger.MediaNotDescribed(episodeId, answer.Failure?.Message ?? "its file belongs to no media object");
        return null;
    }

    private async Task<string?> Update(string fileId, MediaRequest request, CancellationToken cancellationToken)
    {
        var mediaId = (await ittybit.GetFile(fileId, cancellationToken)).MediaId;
        if (mediaId is not null)
            await ittybit.UpdateMedia(mediaId, request, cancellationToken);
        return mediaId;
    }

    private async Task<string?> Make(Guid episodeId, MediaRequest request, bool isFirst, CancellationToken cancellationToken)
    {
        var made = isFirst ? null : await Find(episodeId, cancellationToken);
        return made ?? (await ittybit.CreateMedia(request, cancellationToken)).Id;
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

    private static MediaRequest Request(Guid episodeId, MediaDescription texts)
    {
        var metadata = new Dictionary<string, string> { ["title"] = texts.Title, ["episode_id"] = episodeId.ToString() };
        if (texts.Description is { } description)
            metadata["description"] = description;
        return new MediaRequest { Title = texts.Title, Metadata = metadata };
    }
}
