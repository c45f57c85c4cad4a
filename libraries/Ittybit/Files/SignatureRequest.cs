namespace Podcast.Ittybit;

/// <summary>The body of <c>POST /signatures</c>; what is null is not sent.</summary>
public sealed record SignatureRequest
{
    public required string Filename { get; init; }

    public string? Folder { get; init; }

    /// <summary>Unix seconds, in the future; Ittybit's default is an hour from now.</summary>
    public long? Expiry { get; init; }

    /// <summary><c>get</c> (Ittybit's default) or <c>put</c>.</summary>
    public string? Method { get; init; }
}
