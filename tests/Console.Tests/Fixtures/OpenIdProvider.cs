using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Podcast.OperatorsConsole.Tests.Fixtures;

/// <summary>
/// The least that is an OpenID provider: whoever comes is <see cref="Subject"/>, without a question. A refresh token does once, and the
/// challenge of PKCE is checked.
/// </summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "1" };
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce)> codes = new();
    private readonly ConcurrentDictionary<string, bool> refreshTokens = new();
    private readonly WebApplication app;
    private int refreshes;

    private OpenIdProvider(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());
    public string Subject { get; set; } = "olga";
    public string? Role { get; set; } = "staff";

    /// <summary>Of access tokens, in seconds.</summary>
    public int Lifetime { get; set; } = 3600;

    /// <summary>With which it refuses to sign anybody in.</summary>
    public string? Error { get; set; }
    public int Refreshes => refreshes;
    public bool WasSignedOut { get; private set; }

    public static async Task<OpenIdProvider> Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new OpenIdProvider(builder.Build());
        provider.Map();
        await provider.app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        app.MapGet("/.well-known/openid-configuration", () => new
        {
            issuer = Issuer,
            authorization_endpoint = $"{Issuer}/authorize",
            token_endpoint = $"{Issuer}/token",
            end_session_endpoint = $"{Issuer}/logout",
            jwks_uri = $"{Issuer}/keys",
        });
        app.MapGet("/keys", () => new { keys = new[] { PublicKey() } });
        app.MapGet("/authorize", (string redirect_uri, string state, string code_challenge, string nonce) =>
        {
            var code = Guid.NewGuid().ToString("n");
            codes[code] = (code_challenge, nonce);
            var answer = Error is null ? $"code={code}" : $"error=access_denied&error_description={Uri.EscapeDataString(Error)}";
            return Results.Redirect($"{redirect_uri}?{answer}&state={Uri.EscapeDataString(state)}");
        });
        app.MapPost("/token", async (HttpRequest request) => Token(await request.ReadFormAsync()));
        app.MapGet("/logout", (string id_token_hint, string post_logout_redirect_uri, string state) =>
        {
            WasSignedOut = id_token_hint.Length > 0;
            return Results.Redirect($"{post_logout_redirect_uri}?state={Uri.EscapeDataString(state)}");
        });
    }

    private string Issuer => Address.ToString().TrimEnd('/');

    private object PublicKey()
    {
        var parameters = key.Rsa.ExportParameters(false);
        return new { kty = "RSA", kid = key.KeyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
    }

    private IResult Token(IFormCollection form)
    {
        var nonce = "";
        if (form["grant_type"] == "refresh_token")
        {
            Interlocked.Increment(ref refreshes);
            if (!refreshTokens.TryRemove(form["refresh_token"].ToString(), out _))
                return Results.BadRequest(new { error = "invalid_grant" });
        }
        else
        {
            var hash = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
            if (!codes.TryRemove(form["code"].ToString(), out var asked) || asked.Challenge != hash || form["client_secret"] != "secret")
                return Results.BadRequest(new { error = "invalid_grant" });
            nonce = asked.Nonce;
        }

        var refresh = Guid.NewGuid().ToString("n");
        refreshTokens[refresh] = true;
        return Results.Json(new
        {
            access_token = Sign("podcast", Lifetime, Role is null ? [] : [new Claim("groups", Role)]),
            id_token = Sign("console", 3600, nonce.Length == 0 ? [] : [new Claim("nonce", nonce)]),
            token_type = "Bearer",
            expires_in = Lifetime,
            refresh_token = refresh,
        });
    }

    private string Sign(string audience, int lifetime, Claim[] claims) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = audience,
        Subject = new ClaimsIdentity([new Claim("sub", Subject), new Claim("name", "Olga Operator"), new Claim("team", "local"), new Claim("jti", $"{Guid.NewGuid()}"), .. claims]),
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(lifetime),
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
    });
}
