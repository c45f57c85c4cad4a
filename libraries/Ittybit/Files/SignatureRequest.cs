namespace Podcast.Ittybit;

/// <summary>The body of <c>POST /signatures</c>; null values are omitted.</summary>
public sealed record SignatureRequest
{
    public required string Filename { get; init; }

    public string? Folder { get; init; }

    /// <summary>The expiry in Unix seconds, in the future; null means Ittybit's default, one hour from now.</summary>
    public long? Expiry { get; init; }

    /// <summary><c>get</c> (Ittybit's default) or <c>put</c>.</summary>
    public string? Method { get; init; }
}
