namespace Podcast.Ingest.Api.Uploads;

/// <summary>The answer to <c>POST /episodes/prepare-upload</c>.</summary>
internal sealed record PreparedUpload(Guid Id, string Status, UploadAddress Upload);

/// <summary>The address for the raw video: a <c>PUT</c> directly to Ittybit, without our bearer token.</summary>
/// <param name="Url">Signed: anybody who has it can upload until it expires.</param>
internal sealed record UploadAddress(
    Uri Url, string Method, [property: JsonPropertyName("expires_at")] DateTime ExpiresAt, string Folder, string Filename);
