namespace Podcast.Ingest.Api.Auth;

/// <summary>
/// Section <c>Auth</c>. Who signs tokens is told where ASP.NET Core and <c>dotnet user-jwts</c> look for it, in
/// <c>Authentication:Schemes:Bearer</c>.
/// </summary>
public sealed class AuthOptions
{
    /// <summary>
    /// The owner that a request without a token acts for, if it comes from this machine: for one person at one computer. Null: everybody
    /// needs a token.
    /// </summary>
    public string? LocalUser { get; set; }
}
