namespace Podcast.OperatorsConsole.SignIn;

/// <summary>Section <c>Console:OpenId</c>: the client that the console is at an OpenID provider (code flow with PKCE).</summary>
public sealed class OpenIdOptions
{
    internal const string Incomplete =
        "Console__OpenId__Authority is an https address (http on this computer), and needs Console__OpenId__ClientId.";

    /// <summary>The provider, as its tokens name it in <c>iss</c>. Null: nobody signs in so.</summary>
    public Uri? Authority { get; set; }

    /// <summary>
    /// The console's name at the provider, which must know <c>/console/sign-in/answer</c> and <c>/console/sign-out/answer</c> of the
    /// console as addresses that it may lead back to.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary>Null: a public client.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>
    /// What is asked for, with spaces between. With them the access token must be one that the API accepts; <c>offline_access</c> gets
    /// a refresh token, without which people sign in again whenever the access token ends.
    /// </summary>
    public string Scopes { get; set; } = "openid profile offline_access";

    internal bool IsComplete => Authority is null
        || ((Authority.Scheme == Uri.UriSchemeHttps || Authority.IsLoopback) && !string.IsNullOrWhiteSpace(ClientId));
}
