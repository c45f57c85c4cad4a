namespace Podcast.Ingest.Api.Uploads;

/// <summary>The body of <c>POST /episodes</c>.</summary>
/// <param name="Url">The address from which Ittybit can fetch the raw video: public, http or https.</param>
/// <param name="Tasks">The outputs to make; null means audio, video and transcript.</param>
internal sealed record SubmitEpisode(Uri Url, string Title, string? Description, IReadOnlyList<TaskKind>? Tasks) : IRequest<SubmitEpisode>
{
    public const string Field = "url";

    private static readonly Uri nowhere = new("about:blank");

    /// <summary>The last segment of the path, if it is a valid file name.</summary>
    [JsonIgnore]
    public string? Filename =>
        Path.GetFileName(Url.LocalPath) is { } name && EpisodeTexts.IsName(name, EpisodeTexts.LongestFilename) ? name : null;

    public static SubmitEpisode Read(RequestFields fields, IServiceProvider services)
    {
        var sources = services.GetRequiredService<IOptions<SourceOptions>>().Value;
        var text = fields.Text(Field, SourceAddress.Longest);
        var (address, problem) = text.Length == 0 ? (null, null) : SourceAddress.Parse(text, sources);
        if (problem is not null)
            fields.AddError(Field, problem);
        if (address?.AbsoluteUri.Length > EpisodeTexts.LongestAddress)
            fields.AddError(Field, $"has more than {EpisodeTexts.LongestAddress} characters when written in ASCII.");

        return new SubmitEpisode(
            address ?? nowhere,
            fields.Text("title", EpisodeTexts.LongestTitle),
            fields.OptionalText("description", EpisodeTexts.LongestDescription, lines: true),
            fields.Tasks("tasks"));
    }
}
