namespace Podcast.Publishing.Accounts;

/// <summary>Checks what a person granted, and stores it: not before all of it is as it must be.</summary>
internal sealed class AccountConnector(AccountStore store, ChannelLookup channels, IOptions<GoogleOptions> options)
{
    /// <param name="name">By which shows refer to the account.</param>
    /// <param name="channelId">The channel that it must be; null means the one that the name had before, or any.</param>
    public async Task<ConnectedAccount> Connect(
        string name, GrantedTokens tokens, string? channelId, CancellationToken cancellationToken)
    {
        if (!YouTubeScopes.CanUpload(tokens.Scopes))
        {
            throw new ConnectException(
                "The permission to manage YouTube videos was not granted: its box was not ticked. Nothing was stored; connect again and "
                + "tick it.");
        }

        if (tokens.RefreshToken is null)
        {
            throw new ConnectException(
                "Google gave no refresh token. Nothing was stored; remove this app at myaccount.google.com/permissions and connect again.");
        }

        var channel = await channels.Find(tokens.AccessToken, cancellationToken)
            ?? throw new ConnectException(
                "The Google account has no YouTube channel. Nothing was stored; choose the account or brand account that owns the "
                + "channel.");
        var wanted = channelId ?? (await store.Find(name, cancellationToken))?.ChannelId;
        if (wanted is not null && wanted != channel.Id)
        {
            throw new ConnectException(
                $"You chose the channel {channel.Title} ({channel.Id}), but {name} stands for {wanted}. Nothing was stored; choose the "
                + $"other channel, or say --channel {channel.Id} if {name} shall stand for this one from now on.");
        }

        return await store.Save(name, options.Value.ClientId, channel, tokens, cancellationToken);
    }
}
