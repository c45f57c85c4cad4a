using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Podcast.Ingest.Api.Auth;

/// <summary>
/// Section <c>Auth</c>. Token issuers and keys are configured in <c>Authentication:Schemes:Bearer</c>, where ASP.NET Core and
/// <c>dotnet user-jwts</c> expect them.
/// </summary>
public sealed class AuthOptions
{
    /// <summary>
    /// The owner of requests without a token that come from this machine, for single-user installations. Null: every request
    /// needs a token.
    /// </summary>
    public string? LocalUser { get; set; }
}

/// <summary>Stops the start if nobody could sign in, or if the token audience would not be checked.</summary>
internal sealed class AuthConfigurationValidator(IOptionsMonitor<JwtBearerOptions> tokens) : IValidateOptions<AuthOptions>
{
    private const string Section = "Authentication:Schemes:Bearer";

    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        var token = tokens.Get(JwtBearerDefaults.AuthenticationScheme);
        var checks = token.TokenValidationParameters;
        var hasKeys = checks.IssuerSigningKey is not null || checks.IssuerSigningKeys?.Any() == true;
        if (token.ConfigurationManager is null && !hasKeys)
        {
            return options.LocalUser is { Length: > 0 }
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    $"Nobody could sign in: set {Section}:Authority (environment: Authentication__Schemes__Bearer__Authority) to who signs "
                    + $"tokens, or {Section}:SigningKeys and {Section}:ValidIssuer to their keys and name (in development "
                    + "`dotnet user-jwts create` does), or Auth:LocalUser (Auth__LocalUser) to let in whoever works at this computer.");
        }

        return string.IsNullOrEmpty(checks.ValidAudience) && checks.ValidAudiences?.Any() != true
            ? ValidateOptionsResult.Fail(
                $"Tokens meant for others would do: set {Section}:ValidAudience (Authentication__Schemes__Bearer__ValidAudience).")
            : ValidateOptionsResult.Success;
    }
}
