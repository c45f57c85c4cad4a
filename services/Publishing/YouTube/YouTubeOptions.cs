using System.ComponentModel.DataAnnotations;

namespace Podcast.Publishing.YouTube;

/// <summary>Section <c>YouTube</c>: addresses, accounts and quotas.</summary>
public sealed class YouTubeOptions
{
    /// <summary>The root of the Data API; below it are <c>youtube/v3</c> and <c>upload/youtube/v3</c>.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = new("https://youtube.googleapis.com/");

    /// <summary>Google's token endpoint.</summary>
    [Required]
    public Uri TokenAddress { get; set; } = new("https://oauth2.googleapis.com/token");

    /// <summary>The accounts whose names shows may use: <c>YouTube__Accounts__main__RefreshToken</c>.</summary>
    public Dictionary<string, YouTubeAccountOptions> Accounts { get; } = [];

    /// <summary>Uploads per Google project and day.</summary>
    [Range(0, 1_000_000)]
    public int InsertsPerDay { get; set; } = 100;

    /// <summary>Units per Google project and day, for all calls but uploads.</summary>
    [Range(0, 1_000_000_000)]
    public int UnitsPerDay { get; set; } = 10_000;

    /// <summary>The units of a call that reads.</summary>
    [Range(0, 10_000)]
    public int ReadCost { get; set; } = 1;

    /// <summary>The units of a call that changes a video or sets a thumbnail.</summary>
    [Range(0, 10_000)]
    public int WriteCost { get; set; } = 50;

    /// <summary>The units of a list of captions.</summary>
    [Range(0, 10_000)]
    public int CaptionListCost { get; set; } = 50;

    /// <summary>The units of a new caption track.</summary>
    [Range(0, 10_000)]
    public int CaptionInsertCost { get; set; } = 400;

    /// <summary>The calls that read which a video is planned with, most of them while YouTube processes it.</summary>
    [Range(0, 1000)]
    public int ReadsPerVideo { get; set; } = 10;

    /// <summary>
    /// Units of each day from which no captions that follow are promised, so that the promises hold when new episodes come.
    /// </summary>
    [Range(0, 1_000_000_000)]
    public int SpareUnits { get; set; }

    /// <summary>The time limit of a call that carries no file.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>An account that was connected by hand.</summary>
public sealed class YouTubeAccountOptions
{
    /// <summary>The OAuth client's id, which stands for the Google project and its quota.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The OAuth client's secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The refresh token, with the scopes <c>youtube.upload</c> and <c>youtube.force-ssl</c>.</summary>
    public string RefreshToken { get; set; } = "";

    /// <summary>The id of the channel to which the token belongs.</summary>
    public string ChannelId { get; set; } = "";
}
