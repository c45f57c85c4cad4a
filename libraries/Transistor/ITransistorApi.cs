namespace Podcast.Transistor;

/// <summary>
/// Transistor's API v1 (developers.transistor.fm). A response with an error status throws an <c>ApiException</c>;
/// <see cref="TransistorFailure.Of"/> classifies all exceptions of these calls. The limit is 10 requests in 10 s per key.
/// </summary>
[Headers("Accept: application/json")]
public interface ITransistorApi
{
    /// <summary>The user of the key: tells whether the key works.</summary>
    [Get("/v1")]
    Task<TransistorDocument<UserAttributes>> GetUser(CancellationToken cancellationToken = default);

    /// <summary>A show.</summary>
    /// <param name="id">Its id or slug.</param>
    [Get("/v1/shows/{id}")]
    Task<TransistorDocument<ShowAttributes>> GetShow(string id, CancellationToken cancellationToken = default);

    /// <summary>A page of a show's episodes: drafts, then the newest first.</summary>
    /// <param name="showId">The show's id or slug.</param>
    /// <param name="query">Words of the title.</param>
    /// <param name="status">Only episodes in this state; see <see cref="EpisodeStatus"/>.</param>
    /// <param name="page">The page number, from 1.</param>
    /// <param name="per">The page size; Transistor's default is 10.</param>
    [Get("/v1/episodes")]
    Task<TransistorPage<EpisodeAttributes>> ListEpisodes(
        [AliasAs("show_id")] string showId,
        string? query = null,
        string? status = null,
        [AliasAs("pagination[page]")] int page = 1,
        [AliasAs("pagination[per]")] int per = 10,
        CancellationToken cancellationToken = default);

    /// <summary>An episode.</summary>
    [Get("/v1/episodes/{id}")]
    Task<TransistorDocument<EpisodeAttributes>> GetEpisode(string id, CancellationToken cancellationToken = default);

    /// <summary>An address for one upload of at most 5 GB, valid for 10 minutes: see <see cref="AudioUploader"/>.</summary>
    /// <param name="filename">Its ending says the format: mp3, m4a, wav, aif, aiff, aifc, mp4 or mov.</param>
    [Get("/v1/episodes/authorize_upload")]
    Task<TransistorDocument<AudioUpload>> AuthorizeUpload(string filename, CancellationToken cancellationToken = default);

    /// <summary>Creates an episode, always as a draft. After a lost answer there may be one.</summary>
    [Post("/v1/episodes")]
    Task<TransistorDocument<EpisodeAttributes>> CreateEpisode(
        [Body(BodySerializationMethod.UrlEncoded)] EpisodeForm form, CancellationToken cancellationToken = default);

    /// <summary>Changes the fields that are set in <paramref name="form"/>; never the state.</summary>
    [Patch("/v1/episodes/{id}")]
    Task<TransistorDocument<EpisodeAttributes>> UpdateEpisode(
        string id, [Body(BodySerializationMethod.UrlEncoded)] EpisodeForm form, CancellationToken cancellationToken = default);

    /// <summary>
    /// Publishes, schedules or takes back an episode. Call it only when <see cref="EpisodeAttributes.IsReadyToPublish"/>: Transistor
    /// sends silence to subscribers otherwise.
    /// </summary>
    [Patch("/v1/episodes/{id}/publish")]
    Task<TransistorDocument<EpisodeAttributes>> PublishEpisode(
        string id, [Body(BodySerializationMethod.UrlEncoded)] PublishForm form, CancellationToken cancellationToken = default);
}
