namespace Podcast.Emulators.YouTube.OAuth;

/// <summary>What a person allowed a client to do. Its refresh token, if it has one, is <c>1//</c> and its id.</summary>
/// <param name="ChannelId">Null: the account has no channel.</param>
internal sealed record Grant(
    string Id, string ClientId, string Account, string? ChannelId, string[] Scopes, DateTimeOffset CreatedAt, bool IsOffline = false,
    bool IsRevoked = false) : IDocument
{
    public const string RefreshPrefix = "1//";

    public string Owner => ClientId;
}

/// <summary>An access token; its id is the token.</summary>
internal sealed record AccessToken(string Id, string GrantId, DateTimeOffset ExpiresAt) : IDocument
{
    public string Owner => GrantId;
}

/// <summary>Stores grants and access tokens.</summary>
internal sealed class Grants(
    Documents documents, IOptions<YouTubeEmulatorOptions> options, ChannelDirectory channels, YouTubeChaos chaos, TimeProvider clock)
{
    /// <summary>The caller with that access token; null if the token is unknown, expired or revoked.</summary>
    public Caller? Caller(string token) =>
        documents.Find<AccessToken>(token) is { } access && access.ExpiresAt > clock.GetUtcNow()
        && documents.Find<Grant>(access.GrantId) is { IsRevoked: false } grant
            ? new Caller(grant.ClientId, grant.Account, grant.ChannelId, grant.Scopes)
            : null;

    /// <summary>The grant of a refresh token; null if it may no longer be used, by that client or at all.</summary>
    public Grant? Refreshable(string token, string clientId)
    {
        if (chaos.Dial.RefreshTokensDead || !token.StartsWith(Grant.RefreshPrefix, StringComparison.Ordinal))
            return null;
        if (token == options.Value.RefreshToken)
            return Given(token, clientId);
        return documents.Find<Grant>(token[Grant.RefreshPrefix.Length..]) is { IsRevoked: false, IsOffline: true } grant
            && grant.ClientId == clientId && !(grant.CreatedAt + options.Value.RefreshTokenLifetime <= clock.GetUtcNow())
                ? grant
                : null;
    }

    /// <summary>The grant of <see cref="YouTubeEmulatorOptions.RefreshToken"/>.</summary>
    private Grant Given(string token, string clientId)
    {
        var channel = channels.First;
        return new Grant(
            $"{token[Grant.RefreshPrefix.Length..]} {clientId}", clientId, channel.Account, channel.Id, [Scope.Upload, Scope.ForceSsl],
            clock.GetUtcNow(), IsOffline: true);
    }

    /// <summary>Issues an access token, and writes the answer of the token endpoint.</summary>
    public IResult Issue(Grant grant, bool withRefreshToken)
    {
        documents.Save(grant);
        var lifetime = options.Value.AccessTokenLifetime;
        var access = documents.Save(new AccessToken(NewId.Of("ya29."), grant.Id, clock.GetUtcNow() + lifetime));
        var answer = new JsonObject
        {
            ["access_token"] = access.Id,
            ["expires_in"] = (long)lifetime.TotalSeconds,
            ["scope"] = string.Join(' ', grant.Scopes),
            ["token_type"] = "Bearer",
        };
        if (withRefreshToken)
            answer["refresh_token"] = Grant.RefreshPrefix + grant.Id;
        return Results.Json(answer);
    }

    /// <summary>Revokes the grant of an access or refresh token; false if the token is unknown or revoked already.</summary>
    public bool TryRevoke(string token)
    {
        var id = token.StartsWith(Grant.RefreshPrefix, StringComparison.Ordinal)
            ? token[Grant.RefreshPrefix.Length..]
            : documents.Find<AccessToken>(token)?.GrantId;
        if (id is null || documents.Find<Grant>(id) is not { IsRevoked: false } grant)
            return false;
        documents.Save(grant with { IsRevoked = true });
        return true;
    }
}
