using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Podcast.Ingest.Api.Auth;

/// <summary>
/// Stops the start if no issuer or keys are configured (and no local user), or if the token audience would not be checked.
/// </summary>
internal sealed class AuthConfigurationValidator(IOptionsMonitor<JwtBearerOptions> tokens) : IValidateOptions<AuthOptions>
{
    private const string Section = "Authentication:Schemes:Bearer";

    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        var token = tokens.Get(JwtBearerDefaults.AuthenticationScheme);
        var checks = token.TokenValidationParameters;
        var hasKeys = checks.IssuerSigningKey is not null || checks.IssuerSigningKeys?.Any() == true;
        var hasAuthority = token.ConfigurationManager is not null;

        if (!hasAuthority && !hasKeys)
        {
            return options.LocalUser is { Length: > 0 }
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    $"Nobody could sign in: set {Section}:Authority (environment: Authentication__Schemes__Bearer__Authority) to who signs "
                    + $"tokens, or {Section}:SigningKeys and {Section}:ValidIssuer to their keys and name (in development "
                    + "`dotnet user-jwts create` does), or Auth:LocalUser (Auth__LocalUser) to let in whoever works at this computer.");
        }

        if (string.IsNullOrEmpty(checks.ValidAudience) && checks.ValidAudiences?.Any() != true)
        {
            return ValidateOptionsResult.Fail(
                $"Tokens meant for others would do: set {Section}:ValidAudience (Authentication__Schemes__Bearer__ValidAudience).");
        }

        return ValidateOptionsResult.Success;
    }
}
