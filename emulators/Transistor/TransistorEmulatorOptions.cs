using System.ComponentModel.DataAnnotations;

namespace Podcast.Emulators.Transistor;

/// <summary>The Transistor emulator's settings, section <c>Emulators:Transistor</c>.</summary>
public sealed class TransistorEmulatorOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Emulators:Transistor";

    /// <summary>
    /// The path below which everything is served: <c>{Prefix}/v1/episodes</c>, <c>{Prefix}/storage/…</c>, <c>{Prefix}/_emulator</c>.
    /// It starts with a slash and does not end with one.
    /// </summary>
    [RegularExpression("^(/[A-Za-z0-9._~-]+)+$", ErrorMessage = "{0} must look like /emulators/transistor.")]
    public string Prefix { get; set; } = "/emulators/transistor";

    /// <summary>
    /// The directory of the state file. Default: <c>emulators/transistor</c> under <c>Data:Directory</c>. Only one process at a time
    /// can use it.
    /// </summary>
    public string Directory { get; set; } = "";

    /// <summary>Scheme, host and port of the URLs in answers and webhooks. Default: those of the request.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>The accepted keys. Empty: every key is accepted, as an owner's of all shows.</summary>
    public TransistorKey[] Keys { get; set; } = [];

    /// <summary>The shows, which the API cannot create. Empty: one, with id <c>1</c> and slug <c>the-show</c>.</summary>
    public TransistorShow[] Shows { get; set; } = [];

    /// <summary>How long audio is processed after it was fetched. 0–1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")] public TimeSpan ProcessingTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The number of requests per key in any window; the next one is refused and blocks the key.</summary>
    [Range(1, 1_000_000)] public int RequestsPerWindow { get; set; } = 10;

    /// <summary>The window of the rate limit, which is also the time for which a key is blocked. 1 ms–1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")] public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The maximum size of an upload or of fetched audio, in bytes; Transistor's is 5 GB.</summary>
    [Range(1, long.MaxValue)] public long MaxUploadBytes { get; set; } = 5L * 1024 * 1024 * 1024;

    /// <summary>The time within which a receiver must answer a webhook. 100 ms–1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")] public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Shows.FirstOrDefault(show => !TimeZoneInfo.TryFindSystemTimeZoneById(show.TimeZone, out _)) is { } lost)
            yield return new ValidationResult($"has a show in the time zone '{lost.TimeZone}', which does not exist.", [nameof(Shows)]);
        if (Shows.Any(show => show.Id.Length == 0) || Shows.DistinctBy(show => show.Id).Count() < Shows.Length)
            yield return new ValidationResult("must have an id for each show, each another one.", [nameof(Shows)]);
        if (Keys.Any(key => string.IsNullOrWhiteSpace(key.Key)))
            yield return new ValidationResult("must have a Key in each element.", [nameof(Keys)]);
    }
}

/// <summary>An API key and its user.</summary>
public sealed record TransistorKey
{
    /// <summary>The value of <c>x-api-key</c>.</summary>
    public string Key { get; set; } = "";

    /// <summary>The name that <c>GET /v1</c> answers.</summary>
    public string UserName { get; set; } = "Emulated User";

    /// <summary>The user's role on all shows that the key sees.</summary>
    public TransistorRole Role { get; set; } = TransistorRole.Owner;

    /// <summary>The ids of the shows that the key sees. Empty: all.</summary>
    public string[] Shows { get; set; } = [];
}

/// <summary>Transistor's roles; what each may do is not documented, so a member may only read.</summary>
public enum TransistorRole
{
    Owner,
    Admin,
    Member,
}

/// <summary>A show, as it is before the first <c>PATCH</c>.</summary>
public sealed record TransistorShow
{
    public string Id { get; set; } = "";

    public string Slug { get; set; } = "";

    public string Title { get; set; } = "";

    /// <summary>An IANA name, such as <c>America/New_York</c>: the zone of <c>published_at</c> in requests.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Whether the show's plan includes video; <c>video_url</c> is ignored otherwise.</summary>
    public bool HasVideoPlan { get; set; }
}
