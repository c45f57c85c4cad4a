namespace Podcast.Publishing.Transistor;

/// <summary>The video of an episode at Transistor: the one that Transistor hosts, and the one on YouTube.</summary>
internal sealed class EpisodeVideo(TransistorCalls transistor, SourceFiles sources, PublishingDbContext database)
{
    /// <summary>An address from which Transistor fetches the video; null unless the show's plan has video.</summary>
    public async Task<string?> Address(Publication publication, CancellationToken cancellationToken) =>
        transistor.ShowOf(publication).Video && publication.Output(TaskKind.VideoTranscode) is { } video
            ? (await sources.Address("video", video, cancellationToken)).AbsoluteUri
            : null;

    /// <summary>Its address on YouTube, if it is there already; otherwise <see cref="LinkVideoConsumer"/> adds it.</summary>
    public async Task<Uri?> Link(Publication publication, CancellationToken cancellationToken)
    {
        var id = PublicationId.Of(publication.EpisodeId, PublishingChannel.Youtube);
        return await database.Publications.AsNoTracking()
            .Where(video => video.CorrelationId == id && video.PublishedAt != null)
            .Select(video => video.Link).FirstOrDefaultAsync(cancellationToken);
    }
}
