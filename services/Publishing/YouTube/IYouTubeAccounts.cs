namespace Podcast.Publishing.YouTube;

/// <summary>Knows the credentials of the accounts that shows name.</summary>
internal interface IYouTubeAccounts
{
    /// <summary>A valid access token of the account.</summary>
    /// <exception cref="StepException">There is none; the reason and the advice are for people.</exception>
    Task<YouTubeAccess> Access(string account, CancellationToken cancellationToken);

    /// <summary>The Google project of the account; null if there is no such account. Asks nobody.</summary>
    Task<string?> ProjectOf(string account, CancellationToken cancellationToken);
}

/// <summary>A token that is valid for some minutes.</summary>
/// <param name="Token">The access token: never shown or logged.</param>
/// <param name="ChannelId">The channel to which it belongs.</param>
/// <param name="Project">The Google project, whose quota is spent.</param>
/// <param name="CanCaption">False if the account was connected without the permission for captions, as devices are.</param>
internal sealed record YouTubeAccess(string Token, string ChannelId, string Project, bool CanCaption = true)
{
    public override string ToString() => $"{ChannelId} by {Project}";
}
