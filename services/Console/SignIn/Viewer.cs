using System.Security.Cryptography;
using System.Text;

namespace Podcast.OperatorsConsole.SignIn;

/// <summary>Who looks at a page.</summary>
/// <param name="Token">The bearer token for the API; null for the local user.</param>
internal sealed record Viewer(string? Token)
{
    public static readonly Viewer Local = new((string?)null);

    /// <summary>Tells viewers apart without their secret; those with the same token see the same.</summary>
    public string Key { get; } = Token is null ? "local" : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Token)));

    /// <summary>The viewer that <see cref="Gate"/> let in.</summary>
    public static Viewer Of(HttpContext http) => (Viewer)http.Items[typeof(Viewer)]!;
}
