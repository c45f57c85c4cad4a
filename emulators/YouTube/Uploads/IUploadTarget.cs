namespace Podcast.Emulators.YouTube.Uploads;

/// <summary>A method that takes media.</summary>
internal interface IUploadTarget
{
    /// <summary>The path below <c>/upload/youtube/v3</c>.</summary>
    string Path { get; }

    ApiMethod Method { get; }

    /// <summary>Whether the method replaces a resource (PUT); otherwise it makes one (POST).</summary>
    bool IsUpdate => false;

    /// <summary>The largest media in bytes.</summary>
    long MaxBytes { get; }

    /// <summary>Checks a request before any byte of its media; not null if it is refused.</summary>
    GoogleError? Check(UploadRequest request);

    /// <summary>Stores the resource, in the transaction that ends the session.</summary>
    UploadAnswer Accept(UploadRequest request, StoredContent content);
}

/// <summary>What the client asked for when it began the upload.</summary>
/// <param name="Metadata">The resource; null if the request had none.</param>
/// <param name="VideoId">The <c>videoId</c> of the query.</param>
internal sealed record UploadRequest(
    string Project, string ChannelId, JsonObject? Metadata, string[] Parts, string? VideoId, string ContentType);

/// <summary>The resource, or the error because of which the media is thrown away.</summary>
/// <param name="IsContentKept">Whether the file of the content stays in the directory.</param>
internal sealed record UploadAnswer(JsonObject? Resource, GoogleError? Error = null, bool IsContentKept = false);

/// <summary>The media of a complete upload.</summary>
/// <param name="UploadId">The id of the session, which is the name of the file.</param>
/// <param name="ContentType">The media type that the client named.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record StoredContent(string UploadId, string ContentType, long Length, string Sha256);
