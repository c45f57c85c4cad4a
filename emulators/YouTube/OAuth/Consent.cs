namespace Podcast.Emulators.YouTube.OAuth;

/// <summary>Answers for the person at the consent screen, as the dial says.</summary>
internal sealed class Consent(YouTubeChaos chaos, ChannelDirectory channels, Documents documents, TimeProvider clock)
{
    private const string NoChannel = "none";

    /// <summary>The grant, not yet stored; null if the person refuses.</summary>
    /// <param name="hasChooser">Whether Google shows the account chooser.</param>
    public Grant? Ask(string clientId, IEnumerable<string> scopes, bool hasChooser)
    {
        var dial = chaos.Dial;
        if (dial.ConsentDenied)
            return null;

        var isWithoutChannel = dial.ConsentChannel == NoChannel;
        var channel = (hasChooser ? channels.Find(dial.ConsentChannel) : null) ?? channels.First;
        return new Grant(
            NewId.Of(""), clientId, isWithoutChannel ? "nobody@example.com" : channel.Account, isWithoutChannel ? null : channel.Id,
            [.. scopes.Except(dial.UntickedScopes)], clock.GetUtcNow());
    }

    /// <summary>Whether the client has a refresh token of that account, so that Google gives no other unless asked to.</summary>
    public bool IsKnown(Grant grant) => documents.Of<Grant>(grant.ClientId)
        .Exists(one => one is { IsOffline: true, IsRevoked: false } && one.Account == grant.Account);
}

/// <summary>An error in the form of OAuth 2.0 (RFC 6749, section 5.2).</summary>
internal static class OAuthError
{
    public static IResult Of(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new { error, error_description = description }, statusCode: status);

    public static IResult InvalidGrant(string description) => Of("invalid_grant", description);
}
