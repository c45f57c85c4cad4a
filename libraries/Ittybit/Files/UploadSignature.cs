namespace Podcast.Ittybit;

/// <summary>A signed address. Anybody who has it can use it until it expires: never log it.</summary>
public sealed record UploadSignature
{
    public required Uri Url { get; init; }

    public string? Domain { get; init; }

    public string? Folder { get; init; }

    /// <summary>The name under which Ittybit stores the file: special characters are replaced.</summary>
    public string? Filename { get; init; }

    /// <summary>The expiry in Unix seconds.</summary>
    public long? Expiry { get; init; }

    /// <summary><c>get</c> or <c>put</c>.</summary>
    public string? Method { get; init; }

    public string? Signature { get; init; }
}

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
