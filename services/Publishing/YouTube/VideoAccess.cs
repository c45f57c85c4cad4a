namespace Podcast.Publishing.YouTube;

/// <summary>Finds the account of a publication, and refuses one that belongs to another channel than the show's.</summary>
internal sealed class VideoAccess(IYouTubeAccounts accounts)
{
    public async Task<YouTubeAccess> Of(Publication publication, CancellationToken cancellationToken)
    {
        var channel = publication.Show.Channels.Youtube
            ?? throw StepException.Refused("The show has no channel at YouTube.", "Set channels.youtube of the show.");
        var access = await accounts.Access(channel.Account, cancellationToken);
        return access.ChannelId == channel.ChannelId
            ? access
            : throw StepException.Refused(
                $"The YouTube account {channel.Account} belongs to the channel {access.ChannelId}, and the show to {channel.ChannelId}.",
                "Nothing was uploaded. Connect the account again and choose the show's channel, or correct the show.");
    }
}
