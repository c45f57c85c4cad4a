using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Flows;

namespace Podcast.Publishing.Accounts;

/// <summary>Google's library with our settings. It stores nothing: <see cref="AccountStore"/> does.</summary>
internal static class GoogleFlow
{
    public static PkceGoogleAuthorizationCodeFlow Create(GoogleOptions options, params string[] scopes) => new(new Settings(options)
    {
        ClientSecrets = new ClientSecrets { ClientId = options.ClientId, ClientSecret = options.ClientSecret },
        Scopes = scopes,
        Prompt = "select_account consent", // without the chooser, the owner of several channels gets the first one
    });

    private sealed class Settings(GoogleOptions options) : GoogleAuthorizationCodeFlow.Initializer(
        options.AuthorizationAddress.AbsoluteUri, options.TokenAddress.AbsoluteUri, revokeTokenUrl: null);
}

/// <summary>What Google gave for a person's consent.</summary>
/// <param name="Scopes">Those that were granted, separated by spaces.</param>
internal sealed record GrantedTokens(string AccessToken, string? RefreshToken, string Scopes)
{
    public override string ToString() => Scopes; // no token in a log
}

/// <summary>An account could not be connected; the message is for the person who tries, without secrets.</summary>
internal sealed class ConnectException(string message) : Exception(message);
