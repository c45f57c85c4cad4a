using Podcast.Ingest.Api.Shows;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>What an owner says of a new episode, however its video comes.</summary>
/// <param name="Tasks">The outputs to make; null means the plan of the show, or audio, video and transcript.</param>
/// <param name="Show">The slug of the owner's show; null means the owner's only one.</param>
internal abstract record NewEpisode(
    [property: Required, MaxLength(EpisodeTexts.LongestTitle), PlainText] string Title,
    [property: MaxLength(EpisodeTexts.LongestDescription), PlainText(lines: true)] string? Description,
    [property: MinLength(1), TaskNames] IReadOnlyList<string>? Tasks,
    [property: Slug, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Show, // keeps the fingerprints of older keys
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DetailsOfEpisode? Details);

/// <summary>The body of <c>POST /episodes/prepare-upload</c>.</summary>
/// <param name="Filename">The name on the uploader's disk, without a path.</param>
/// <param name="Filesize">Bytes, up to 256 GB.</param>
internal sealed record PrepareUpload(
    [property: Required, MaxLength(EpisodeTexts.LongestFilename), PlainText]
    [property: RegularExpression(@"(?!\.\.?$)[^/\\]*", ErrorMessage = "must be a plain file name, without a path.")]
    string Filename,
    [property: Required, Range(1, 256L << 30)] long? Filesize,
    string Title, string? Description = null, IReadOnlyList<string>? Tasks = null, string? Show = null,
    DetailsOfEpisode? Details = null)
    : NewEpisode(Title, Description, Tasks, Show, Details);

/// <summary>The answer to <c>POST /episodes/prepare-upload</c>.</summary>
internal sealed record PreparedUpload(Guid Id, string Status, UploadAddress Upload);

/// <summary>The address for the raw video: a <c>PUT</c> directly to Ittybit, without our bearer token.</summary>
/// <param name="Url">Signed: anybody who has it can upload until it expires.</param>
internal sealed record UploadAddress(Uri Url, string Method, DateTime ExpiresAt, string Folder, string Filename);

/// <summary>The body of <c>POST /episodes/{id}/confirm-upload</c>.</summary>
/// <param name="IttybitFileId">The file id from Ittybit's response to the upload.</param>
internal sealed record ConfirmUpload(
    [property: Required, MaxLength(EpisodeTexts.LongestFileId)]
    [property: RegularExpression("[A-Za-z0-9_-]*", ErrorMessage = "is not a file id of Ittybit's: letters, digits, _ and - only.")]
    string IttybitFileId)
{
    public const string Field = "ittybit_file_id";
}

/// <summary>The body of <c>POST /episodes</c>.</summary>
/// <param name="Url">The address from which Ittybit can fetch the raw video: public, http or https.</param>
internal sealed record SubmitEpisode(
    [property: Required, MaxLength(2048), SourceAddress] string Url,
    string Title, string? Description = null, IReadOnlyList<string>? Tasks = null, string? Show = null,
    DetailsOfEpisode? Details = null)
    : NewEpisode(Title, Description, Tasks, Show, Details)
{
    public const string Field = "url";

    [JsonIgnore]
    public Uri Address => new(Url);

    /// <summary>The last segment of the path, if it is a valid file name.</summary>
    [JsonIgnore]
    public string? Filename =>
        Path.GetFileName(Address.LocalPath) is { } name && EpisodeTexts.IsName(name, EpisodeTexts.LongestFilename) ? name : null;
}
