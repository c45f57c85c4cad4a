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

    /// <summary>
    /// The claim whose value owns the episodes, such as one that all of a team have in common, who then look after the same ones.
    /// Histories name the person in any case.
    /// </summary>
    public string OwnerClaim { get; set; } = Owner.Claim;

    /// <summary>The claim of tokens that has the roles. Null: <c>role</c> and <c>roles</c>.</summary>
    public string? RoleClaim { get; set; }

    /// <summary>What the token issuer calls our roles, such as <c>podcast-staff</c> for <c>operator</c>. Ours need no entry.</summary>
    public Dictionary<string, string> Roles { get; set; } = [];

    /// <summary>True refuses tokens without one of our roles. False: such a token may do what its owner may.</summary>
    public bool RequireRole { get; set; }
}

/// <summary>Stops the start if nobody could sign in, or if the token audience would not be checked.</summary>
internal sealed class AuthConfigurationValidator(IOptionsMonitor<JwtBearerOptions> tokens) : IValidateOptions<AuthOptions>
{
    private const string Section = "Authentication:Schemes:Bearer";

    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        if (options.Roles.FirstOrDefault(role => !Role.All.Contains(role.Value)) is { Key: { } key, Value: var unknown })
            return ValidateOptionsResult.Fail($"Auth:Roles:{key} is '{unknown}', but the roles are {string.Join(", ", Role.All)}.");

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
