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
