using System.Security.Cryptography;
using System.Text;

namespace Podcast.OperatorsConsole.SignIn;

/// <summary>Who looks at a page.</summary>
/// <param name="Token">The bearer token for the API; null for the local user.</param>
/// <param name="Person">Null while it is not known, and for the local user.</param>
/// <param name="Until">When the token ends; null if that is not known.</param>
internal sealed record Viewer(string? Token, Person? Person = null, DateTimeOffset? Until = null)
{
    public static readonly Viewer Local = new((string?)null);

    /// <summary>Tells viewers apart without their secret; those with the same token see the same.</summary>
    public string Key { get; } = Token is null ? "local" : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Token)));

    /// <summary>False hides what the API would refuse.</summary>
    public bool MayAct => Person?.MayAct != false;

    /// <summary>The viewer that <see cref="Gate"/> let in.</summary>
    public static Viewer Of(HttpContext http) => Find(http)!;

    /// <summary>Null on pages for everybody.</summary>
    public static Viewer? Find(HttpContext? http) => http?.Items[typeof(Viewer)] as Viewer;
}
