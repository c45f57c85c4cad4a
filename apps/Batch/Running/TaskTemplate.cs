namespace Podcast.Batch.Running;

/// <summary>The parameters of the Ittybit task for each item; null values are not sent.</summary>
internal sealed record TaskTemplate(
    string Kind = "video",
    string? Format = null,
    string? Codec = null,
    string? Quality = null,
    string? Language = null,
    int? Width = null,
    int? Height = null,
    int? Fps = null,
    int? Bitrate = null,
    int? Channels = null)
{
    /// <summary>Adds the tutorial's defaults for a video. Others get none: a width has no meaning for them.</summary>
    public TaskTemplate WithDefaults() => Kind == "video"
        ? this with { Width = Width ?? 1920, Format = Format ?? "mp4", Quality = Quality ?? "high" }
        : this;

    /// <summary>Builds the tutorial's request, plus the ref by which the task can be found again.</summary>
    public CreateTaskRequest For(Claim claim, Uri? webhookUrl = null)
    {
        var options = new IttybitTaskOptions
        {
            Width = Width,
            Height = Height,
            Format = Format,
            Codec = Codec,
            Quality = Quality,
            Language = Language,
            Fps = Fps,
            Bitrate = Bitrate,
            Channels = Channels,
        };
        return new CreateTaskRequest
        {
            Input = claim.Url,
            Kind = Kind,
            Options = options == new IttybitTaskOptions() ? null : options,
            Ref = claim.Ref,
            WebhookUrl = webhookUrl,
        };
    }

    /// <summary>The parameters on one line, for users and plans.</summary>
    public override string ToString() => string.Join(' ', new (string Name, object? Value)[]
    {
        ("kind", Kind), ("width", Width), ("height", Height), ("format", Format), ("codec", Codec), ("quality", Quality), ("fps", Fps),
        ("bitrate", Bitrate), ("channels", Channels), ("language", Language),
    }.Where(option => option.Value is not null).Select(option => $"{option.Name}={option.Value}"));
}
