namespace Podcast.Emulators.YouTube.Api;

/// <summary>A method of the API by Google's name, with the scopes of which one is enough.</summary>
/// <remarks>Source: the discovery document <c>youtube.v3.json</c>.</remarks>
/// <param name="WorksWithoutChannel">Whether an account without a channel may call it.</param>
internal sealed record ApiMethod(string Name, string[] Scopes, bool WorksWithoutChannel = false)
{
    private static readonly string[] Manage = [Scope.YouTube, Scope.ForceSsl, Scope.Partner];

    public static readonly ApiMethod VideosInsert = new("videos.insert", [Scope.Upload, .. Manage]);
    public static readonly ApiMethod VideosList = new("videos.list", [Scope.ReadOnly, .. Manage]);
    public static readonly ApiMethod VideosUpdate = new("videos.update", Manage);
    public static readonly ApiMethod VideosDelete = new("videos.delete", Manage);
    public static readonly ApiMethod CaptionsInsert = new("captions.insert", Scope.Captions);
    public static readonly ApiMethod CaptionsUpdate = new("captions.update", Scope.Captions);
    public static readonly ApiMethod CaptionsList = new("captions.list", Scope.Captions);
    public static readonly ApiMethod CaptionsDelete = new("captions.delete", Scope.Captions);
    public static readonly ApiMethod CaptionsDownload = new("captions.download", Scope.Captions);
    public static readonly ApiMethod ThumbnailsSet = new("thumbnails.set", [Scope.Upload, .. Manage]);
    public static readonly ApiMethod PlaylistItemsList = new("playlistItems.list", [Scope.ReadOnly, .. Manage]);
    public static readonly ApiMethod PlaylistItemsInsert = new("playlistItems.insert", Manage);
    public static readonly ApiMethod ChannelsList = new("channels.list", [Scope.ReadOnly, .. Manage], WorksWithoutChannel: true);
}

/// <summary>The OAuth scopes of the API.</summary>
internal static class Scope
{
    public const string YouTube = "https://www.googleapis.com/auth/youtube";
    public const string Upload = "https://www.googleapis.com/auth/youtube.upload";
    public const string ReadOnly = "https://www.googleapis.com/auth/youtube.readonly";
    public const string ForceSsl = "https://www.googleapis.com/auth/youtube.force-ssl";
    public const string Partner = "https://www.googleapis.com/auth/youtubepartner";

    public static readonly string[] Captions = [ForceSsl, Partner];

    /// <summary>The scopes that Google grants in the device flow.</summary>
    public static readonly string[] OfDevices =
    [
        "openid", "email", "profile", "https://www.googleapis.com/auth/drive.appdata", "https://www.googleapis.com/auth/drive.file",
        YouTube, ReadOnly,
    ];
}
