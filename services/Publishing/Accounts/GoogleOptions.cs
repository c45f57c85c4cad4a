using System.ComponentModel.DataAnnotations;

namespace Podcast.Publishing.Accounts;

/// <summary>
/// Section <c>Google</c>: the OAuth client by which accounts are connected, of the type "Desktop app" (for <c>--device</c>: "TVs and
/// Limited Input devices").
/// </summary>
public sealed class GoogleOptions
{
    /// <summary>The client's id. It also stands for the Google project and its quota.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The client's secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The address of the consent screen.</summary>
    [Required]
    public Uri AuthorizationAddress { get; set; } = new("https://accounts.google.com/o/oauth2/v2/auth");

    /// <summary>The token endpoint.</summary>
    [Required]
    public Uri TokenAddress { get; set; } = new("https://oauth2.googleapis.com/token");

    /// <summary>The endpoint that gives devices their codes.</summary>
    [Required]
    public Uri DeviceAddress { get; set; } = new("https://oauth2.googleapis.com/device/code");

    /// <summary>How long a person has for the consent.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan ConsentTimeout { get; set; } = TimeSpan.FromMinutes(10);
}
