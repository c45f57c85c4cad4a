using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Podcast.Ingest.Api.Tests.Fixtures;

/// <summary>Signs tokens as the service's configuration expects them, or as it must not accept them.</summary>
internal static class Tokens
{
    public const string Issuer = "tests";
    public const string Audience = "podcast";

    private static readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    public static Dictionary<string, string?> Settings => new()
    {
        ["Authentication:Schemes:Bearer:ValidIssuer"] = Issuer,
        ["Authentication:Schemes:Bearer:ValidAudience"] = Audience,
        ["Authentication:Schemes:Bearer:SigningKeys:0:Issuer"] = Issuer,
        ["Authentication:Schemes:Bearer:SigningKeys:0:Value"] = Convert.ToBase64String(key),
    };

    public static string Of(
        string? owner, string issuer = Issuer, string audience = Audience, byte[]? signedWith = null, TimeSpan? lifetime = null,
        string? role = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Subject = new ClaimsIdentity(Claims(("sub", owner), ("role", role))),
            NotBefore = now.AddHours(-2),
            IssuedAt = now.AddHours(-2),
            Expires = now + (lifetime ?? TimeSpan.FromHours(1)),
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(signedWith ?? key), SecurityAlgorithms.HmacSha256),
        });
    }

    private static IEnumerable<Claim> Claims(params (string Name, string? Value)[] claims) =>
        claims.Where(claim => claim.Value is not null).Select(claim => new Claim(claim.Name, claim.Value!));
}
