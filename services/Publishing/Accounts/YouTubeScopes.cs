namespace Podcast.Publishing.Accounts;

/// <summary>Google's permissions for YouTube: one of them is asked for, so that a person cannot grant half of what is needed.</summary>
internal static class YouTubeScopes
{
    /// <summary>Uploads, changes, thumbnails and captions.</summary>
    public const string WithCaptions = "https://www.googleapis.com/auth/youtube.force-ssl";

    /// <summary>The same without captions; the most that Google lets a device have.</summary>
    public const string OfDevices = "https://www.googleapis.com/auth/youtube";

    public static bool CanUpload(string granted) => granted.Split(' ') is var scopes
        && (scopes.Contains(WithCaptions) || scopes.Contains(OfDevices));

    public static bool CanCaption(string granted) => granted.Split(' ').Contains(WithCaptions);
}
