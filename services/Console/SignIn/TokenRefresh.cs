using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Podcast.OperatorsConsole.SignIn;

/// <summary>
/// Gets new tokens shortly before the access token ends. Several requests of one browser come with the same refresh token, which many
/// providers accept only once: they share one answer.
/// </summary>
internal sealed class TokenRefresh(IOptionsMonitor<OpenIdConnectOptions> oidc, TimeProvider clock, ILogger<TokenRefresh> logger)
{
    /// <summary>How long before the end of the access token: longer than one request to the API takes.</summary>
    internal static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    private const string Ends = "expires_at";
    private static readonly TimeSpan shared = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Lazy<Task<OpenIdConnectMessage?>> Answer)> asked = new();

    /// <summary>When the access token ends; null if that is not known, as of a token that somebody typed in.</summary>
    public static DateTimeOffset? EndOf(AuthenticationProperties tokens) =>
        DateTimeOffset.TryParse(tokens.GetTokenValue(Ends), CultureInfo.InvariantCulture, out var end) ? end : null;

    /// <summary>True if the access token ends soon, or has ended where there is no refresh token.</summary>
    public bool IsDue(AuthenticationProperties tokens) =>
        EndOf(tokens) - (RefreshTokenOf(tokens) is null ? TimeSpan.Zero : Early) <= clock.GetUtcNow();

    /// <summary>Puts new tokens in the place of those given; false if the provider gives none: then one has to sign in again.</summary>
    /// <exception cref="HttpRequestException">The provider cannot be asked.</exception>
    public async Task<bool> Refresh(AuthenticationProperties tokens)
    {
        if (RefreshTokenOf(tokens) is not { } refresh)
            return false;

        var now = clock.GetUtcNow();
        foreach (var old in asked.Where(old => old.Value.At + shared < now))
            asked.TryRemove(old);
        var one = asked.GetOrAdd(refresh, _ => (now, new(() => Ask(refresh))));
        try
        {
            if (await one.Answer.Value is not { AccessToken: { Length: > 0 } access } given)
                return false;

            tokens.UpdateTokenValue(Gate.Token, access);
            tokens.UpdateTokenValue(OpenIdConnectParameterNames.RefreshToken, given.RefreshToken ?? refresh);
            if (given.IdToken is { Length: > 0 } id)
                tokens.UpdateTokenValue(OpenIdConnectParameterNames.IdToken, id);
            var lifetime = int.TryParse(given.ExpiresIn, CultureInfo.InvariantCulture, out var seconds) ? seconds : 300;
            tokens.UpdateTokenValue(Ends, one.At.AddSeconds(lifetime).ToString("o", CultureInfo.InvariantCulture));
            return true;
        }
        catch (Exception failure)
        {
            asked.TryRemove(refresh, out _); // the next request tries again
            logger.TokenNotRefreshed(failure.GetType().Name);
            if (EndOf(tokens) > now)
                return true; // the present one still does
            throw failure as HttpRequestException ?? new HttpRequestException(failure.Message, failure);
        }
    }

    private static string? RefreshTokenOf(AuthenticationProperties tokens) =>
        tokens.GetTokenValue(OpenIdConnectParameterNames.RefreshToken) is { Length: > 0 } token ? token : null;

    /// <summary>The answer of the token endpoint (RFC 6749, section 6); null if it refuses.</summary>
    private async Task<OpenIdConnectMessage?> Ask(string refresh)
    {
        var options = oidc.Get(OpenId.Scheme);
        var provider = await options.ConfigurationManager!.GetConfigurationAsync(CancellationToken.None);
        var fields = new Dictionary<string, string?>
        {
            [OpenIdConnectParameterNames.GrantType] = OpenIdConnectGrantTypes.RefreshToken,
            [OpenIdConnectParameterNames.RefreshToken] = refresh,
            [OpenIdConnectParameterNames.ClientId] = options.ClientId,
            [OpenIdConnectParameterNames.ClientSecret] = options.ClientSecret,
        };
        using var form = new FormUrlEncodedContent(fields.Where(field => field.Value is not null)!);
        using var answer = await options.Backchannel.PostAsync(new Uri(provider.TokenEndpoint), form);
        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized)
            return null;

        answer.EnsureSuccessStatusCode();
        return new OpenIdConnectMessage(await answer.Content.ReadAsStringAsync());
    }
}
