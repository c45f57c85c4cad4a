using System.ComponentModel.DataAnnotations;

namespace Podcast.Emulators.YouTube;

/// <summary>The YouTube emulator's settings, section <c>Emulators:YouTube</c>.</summary>
public sealed class YouTubeEmulatorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Emulators:YouTube";

    /// <summary>
    /// The path below which Google's paths are served (<c>{Prefix}/youtube/v3/…</c>, <c>{Prefix}/upload/youtube/v3/…</c>,
    /// <c>{Prefix}/token</c> …) and <c>{Prefix}/_emulator</c>. It starts with a slash and does not end with one.
    /// </summary>
    [RegularExpression("^(/[A-Za-z0-9._~-]+)+$", ErrorMessage = "{0} must look like /emulators/youtube.")]
    public string Prefix { get; set; } = "/emulators/youtube";

    /// <summary>
    /// The directory of state and uploads. Default: <c>emulators/youtube</c> under <c>Data:Directory</c>. Only one process at a
    /// time can use it.
    /// </summary>
    public string Directory { get; set; } = "";

    /// <summary>Scheme, host and port of the session URIs. Default: those of the request.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>The OAuth clients. Each is a Google project with a quota of its own. Empty: every id and secret is accepted.</summary>
    public List<YouTubeClientOptions> Clients { get; set; } = [];

    /// <summary>
    /// A refresh token that is valid from the start, for the first channel, with all scopes and for every client: for local work
    /// without a consent screen. Begins with <c>1//</c>. Empty: no such token.
    /// </summary>
    [RegularExpression("(1//.+)?", ErrorMessage = "{0} must begin with 1//.")]
    public string RefreshToken { get; set; } = "1//emulated";

    /// <summary>The channels, in the order in which the account chooser shows them. Empty: one, <c>UCemulatedchannel0000001</c>.</summary>
    public List<YouTubeChannelOptions> Channels { get; set; } = [];

    /// <summary>The lifetime of access tokens.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The lifetime of refresh tokens; in a project in testing 7 days. Default: unlimited.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")] public TimeSpan? RefreshTokenLifetime { get; set; }

    /// <summary>The lifetime of resumable upload sessions.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")] public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The time between the end of an upload and the end of the processing of the video.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")] public TimeSpan ProcessingTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the bytes of videos and thumbnails stay in the directory; otherwise only length and hash do.</summary>
    public bool KeepContent { get; set; }

    /// <summary>Calls of <c>videos.insert</c> per project and day; the day begins at midnight Pacific time.</summary>
    [Range(0, int.MaxValue)] public int InsertsPerDay { get; set; } = 100;

    /// <summary>Quota units of all other calls per project and day.</summary>
    [Range(0, int.MaxValue)] public int UnitsPerDay { get; set; } = 10_000;

    /// <summary>Uploads per channel in any 24 hours. Google does not publish the number.</summary>
    [Range(0, int.MaxValue)] public int ChannelUploadsPerDay { get; set; } = 100;

    /// <summary>The cost of each method in units (Google's table of 2026-06), inserts for <c>videos.insert</c>.</summary>
    public Dictionary<string, int> Costs { get; set; } = new(StringComparer.Ordinal)
    {
        [ApiMethod.VideosInsert.Name] = 1,
        [ApiMethod.VideosList.Name] = 1,
        [ApiMethod.VideosUpdate.Name] = 50,
        [ApiMethod.VideosDelete.Name] = 50,
        [ApiMethod.CaptionsInsert.Name] = 400,
        [ApiMethod.CaptionsUpdate.Name] = 450,
        [ApiMethod.CaptionsList.Name] = 50,
        [ApiMethod.CaptionsDelete.Name] = 50,
        [ApiMethod.CaptionsDownload.Name] = 200,
        [ApiMethod.ThumbnailsSet.Name] = 50,
        [ApiMethod.PlaylistItemsInsert.Name] = 50,
        [ApiMethod.PlaylistItemsList.Name] = 1,
        [ApiMethod.ChannelsList.Name] = 1,
    };
}

/// <summary>An OAuth client of the type Desktop app or Web application.</summary>
public sealed class YouTubeClientOptions
{
    /// <summary>The <c>client_id</c>.</summary>
    [Required] public string Id { get; set; } = "";

    /// <summary>The <c>client_secret</c>. Do not use a real secret here.</summary>
    public string Secret { get; set; } = "";
}

/// <summary>A channel and the Google account that owns it. Several channels may have the same account.</summary>
public sealed class YouTubeChannelOptions
{
    /// <summary><c>UC</c> and 22 letters or digits.</summary>
    [Required] public string Id { get; set; } = "UCemulatedchannel0000001";

    /// <summary>The name of the channel.</summary>
    public string Title { get; set; } = "Emulated channel";

    /// <summary>The e-mail address of the account.</summary>
    public string Account { get; set; } = "owner@example.com";

    /// <summary>Whether the channel's phone number is verified; without it thumbnails are refused.</summary>
    public bool PhoneVerified { get; set; } = true;
}
