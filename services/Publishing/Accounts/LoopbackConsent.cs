using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace Podcast.Publishing.Accounts;

/// <summary>
/// Asks for consent in the person's browser, which hands the code to a port of this machine (RFC 8252, with PKCE). The only way to
/// the permission for captions.
/// </summary>
internal sealed class LoopbackConsent(IOptions<GoogleOptions> options)
{
    public async Task<GrantedTokens> Ask(TextWriter output, Desktop desktop, CancellationToken cancellationToken)
    {
        using var flow = GoogleFlow.Create(options.Value, YouTubeScopes.WithCaptions);
        var app = new AuthorizationCodeInstalledApp(flow, new Receiver(output, desktop));
        try
        {
            var granted = await app.AuthorizeAsync("", cancellationToken);
            return new GrantedTokens(granted.Token.AccessToken, granted.Token.RefreshToken, granted.Token.Scope ?? "");
        }
        catch (TokenResponseException refused)
        {
            throw new ConnectException(refused.Error?.Error == "access_denied"
                ? "You refused the consent. Nothing was stored."
                : $"Google refused: {refused.Error?.Error} ({refused.Error?.ErrorDescription}). Nothing was stored.");
        }
    }

    private sealed class Receiver(TextWriter output, Desktop desktop) : LocalServerCodeReceiver(
        "<html><body>Thank you. You may close this page; the terminal says whether the account is connected.</body></html>",
        CallbackUriChooserStrategy.ForceLoopbackIp)
    {
        protected override bool OpenBrowser(string url)
        {
            if (desktop.HasBrowser && base.OpenBrowser(url))
            {
                output.WriteLine("Your browser shows Google's consent screen. If it does not, open this address:");
            }
            else
            {
                var port = new Uri(RedirectUri).Port;
                output.WriteLine("There is no browser on this machine. On the computer with the browser, run");
                output.WriteLine($"  ssh -L {port}:127.0.0.1:{port} {desktop.User}@{desktop.Machine}");
                output.WriteLine("and open this address there:");
            }

            output.WriteLine($"  {url}");
            output.WriteLine("Choose the account or brand account that owns the channel.");
            return true;
        }
    }
}

/// <summary>The machine at which the person sits, perhaps through SSH.</summary>
internal sealed record Desktop(bool HasBrowser, string User, string Machine)
{
    public static Desktop Here => new(
        !IsSet("SSH_CONNECTION") && (!OperatingSystem.IsLinux() || IsSet("DISPLAY") || IsSet("WAYLAND_DISPLAY")),
        Environment.UserName, Environment.MachineName);

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
