using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Podcast.Ingest.Api.Requests;

/// <summary>The <c>Idempotency-Key</c> that an owner gave a request, so that a repetition has no further effect.</summary>
/// <param name="Fingerprint">SHA-256 of the path and the request: detects reuse of the key for another request.</param>
internal sealed record RequestKey(string UserId, string Key, string Fingerprint)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Maximum length in characters.</summary>
    public const int Longest = 200;

    /// <summary>Null if the request has no such header.</summary>
    public static RequestKey? Of<TRequest>(HttpRequest http, Owner owner, TRequest request)
    {
        if (http.Headers[Header] is not [{ Length: > 0 } key])
            return null;

        var asked = $"{http.Path.Value?.ToLowerInvariant()}\n{JsonSerializer.Serialize(request)}";
        return new RequestKey(owner.Id, key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked))));
    }

    public static bool IsWellFormed(StringValues header) =>
        header is [{ Length: > 0 and <= Longest } key] && key.All(c => c is > ' ' and <= '~');
}
