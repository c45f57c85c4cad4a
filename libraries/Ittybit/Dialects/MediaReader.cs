namespace Podcast.Ittybit.Dialects;

/// <summary>Reads media objects and signatures in all formats that the API has had.</summary>
internal static class MediaReader
{
    // "files" is the current list; until 2025 files were divided into the other three.
    private static readonly string[] FileLists = ["files", "sources", "tracks", "intelligence"];

    public static IttybitMedia Read(JsonElement body) =>
        TryRead(body) ?? throw new JsonException("The body is not a media object: id is missing.");

    /// <summary>Reads a media object; returns null if the element is not one.</summary>
    public static IttybitMedia? TryRead(JsonElement body)
    {
        var content = Envelope.Open(body).Content;
        return content.Text("id") is not { } id ? null : new IttybitMedia
        {
            Id = id,
            Title = content.Text("title"),
            Alt = content.Text("alt"),
            Kind = content.Text("kind"),
            Duration = content.Amount("duration"),
            Files =
            [
                .. FileLists
                    .SelectMany(name => content.Items(name))
                    .Where(file => file.ValueKind == JsonValueKind.Object)
                    .Select(FileReader.Read),
            ],
            Urls = Members(content, "urls")
                .Where(url => url.Value.AsAddress() is not null)
                .ToDictionary(url => url.Name, url => url.Value.AsAddress()!),
            Metadata = Members(content, "metadata")
                .Where(entry => entry.Value.ValueKind != JsonValueKind.Null)
                .ToDictionary(
                    entry => entry.Name,
                    entry => entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : entry.Value.GetRawText()),
        };
    }

    public static UploadSignature ReadSignature(JsonElement body)
    {
        var content = Envelope.Open(body).Content;
        return new UploadSignature
        {
            Url = content.Address("url") ?? throw new JsonException("The body is not a signature: url is missing."),
            Domain = content.Text("domain"),
            Folder = content.Text("folder"),
            Filename = content.Text("filename"),
            Expiry = content.Time("expiry")?.ToUnixTimeSeconds(),
            Method = content.Text("method"),
            Signature = content.Text("signature"),
        };
    }

    // For a repeated name the last value counts, as in most JSON parsers.
    private static IEnumerable<JsonProperty> Members(JsonElement content, string name) =>
        content.Object(name) is { } members
            ? members.EnumerateObject().GroupBy(member => member.Name).Select(same => same.Last())
            : [];
}
