using System.Collections.Concurrent;
using Google.Apis.Auth.OAuth2.Responses;
using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Accounts;

/// <summary>The access tokens that are still valid, for all scopes of this process, by the encrypted refresh token.</summary>
internal sealed class AccessTokens : ConcurrentDictionary<string, (string Token, DateTimeOffset ValidUntil)>;

/// <summary>The accounts of the settings that have a token; else those that <c>connect youtube</c> has stored.</summary>
internal sealed class ConnectedAccounts(
    AccountStore store, AccessTokens tokens, ConfiguredAccounts configured, IOptionsMonitor<YouTubeOptions> youTube,
    IOptionsMonitor<GoogleOptions> google, TimeProvider clock)
    : IYouTubeAccounts
{
    private static readonly TimeSpan margin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan lifeInTesting = TimeSpan.FromDays(7);

    public async Task<YouTubeAccess> Access(string account, CancellationToken cancellationToken)
    {
        if (youTube.CurrentValue.Accounts.TryGetValue(account, out var set) && set.RefreshToken.Length > 0)
            return await configured.Access(account, cancellationToken);
        var connected = await store.Find(account, cancellationToken)
            ?? throw StepException.Refused($"No YouTube account is connected under the name {account}.", Advice("Run", account));
        if (connected.DeadSince is { } since)
            throw Dead(connected, since);

        var now = clock.GetUtcNow();
        if (tokens.TryGetValue(connected.RefreshToken, out var known) && known.ValidUntil > now)
            return Of(connected, known.Token);
        var fresh = await Refresh(connected, cancellationToken);
        tokens[connected.RefreshToken] = (fresh.AccessToken, now + TimeSpan.FromSeconds(fresh.ExpiresInSeconds ?? 3600) - margin);
        return Of(connected, fresh.AccessToken);
    }

    public async Task<string?> ProjectOf(string account, CancellationToken cancellationToken) =>
        await configured.ProjectOf(account, cancellationToken) ?? (await store.Find(account, cancellationToken))?.ClientId;

    private static YouTubeAccess Of(ConnectedAccount account, string token) =>
        new(token, account.ChannelId, account.ClientId, YouTubeScopes.CanCaption(account.Scopes));

    private async Task<TokenResponse> Refresh(ConnectedAccount account, CancellationToken cancellationToken)
    {
        var options = google.CurrentValue;
        if (options.ClientId != account.ClientId)
        {
            throw StepException.Refused(
                $"The YouTube account {account.Name} was connected by another OAuth client than Google__ClientId names now.",
                Advice("Set the former client again, or run", account.Name));
        }

        var token = store.RefreshToken(account) ?? throw StepException.Refused(
            $"The refresh token of the YouTube account {account.Name} cannot be decrypted: the key is lost.", Advice("Run", account.Name));
        using var flow = GoogleFlow.Create(options);
        try
        {
            return await flow.RefreshTokenAsync("", token, cancellationToken);
        }
        catch (TokenResponseException refused) when (refused.Error?.Error == "invalid_grant")
        {
            await store.MarkDead(account, cancellationToken);
            throw Dead(account, clock.GetUtcNow());
        }
        catch (TokenResponseException refused) when (refused.StatusCode is { } status && (int)status < 500)
        {
            throw StepException.Refused(
                $"Google refused the OAuth client ({refused.Error?.Error}).", "Check Google__ClientId and Google__ClientSecret.");
        }
        catch (TokenResponseException failed)
        {
            throw StepException.Failed($"Google's token endpoint failed ({(int?)failed.StatusCode}).");
        }
    }

    private static StepException Dead(ConnectedAccount account, DateTimeOffset since)
    {
        var age = since - account.ConnectedAt;
        var isTesting = age > lifeInTesting - TimeSpan.FromHours(1) && age < lifeInTesting + TimeSpan.FromDays(1);
        return StepException.Refused(
            $"Google no longer accepts the YouTube account {account.Name} (invalid_grant). Nothing is sent to it until it is reconnected.",
            Advice("Run", account.Name) + (isTesting
                ? " It lived for 7 days, as tokens of a Google project in testing status do: publish the project on its consent screen."
                : " Somebody may have withdrawn the permission or changed the password."));
    }

    private static string Advice(string run, string account) => $"{run} `connect youtube {account}`, and retry the publication.";
}
