using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Podcast.Ingest.Api.Auth;

namespace Podcast.Ingest.Api.Requests;

/// <summary>An owner's name for one of their requests, so that they can send it again without it happening again.</summary>
/// <param name="Fingerprint">Of the address and what is asked for: tells a repetition from another request under the same name.</param>
internal sealed record RequestKey(string UserId, string Key, string Fingerprint)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Characters.</summary>
    public const int Longest = 200;

    /// <summary>Null when the request has no such header.</summary>
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
