using System.Buffers.Text;

namespace Podcast.Emulators.Ittybit.Signatures;

/// <summary>
/// Signed URLs as Ittybit documents them: base64url HMAC-SHA256 of <c>{path}?expiry={unix}&amp;method={get|put}</c>. The key is
/// the API key, so that clients can sign by themselves, which requires <see cref="IttybitEmulatorOptions.ApiKeys"/>. The
/// emulator signs with a key of its own, which survives a restart.
/// </summary>
internal sealed class UrlSignatures(IOptions<IttybitEmulatorOptions> options, StateFile state, TimeProvider clock)
{
    private readonly Lazy<string> ownKey = new(() =>
    {
        var key = state.Setting("url-key") ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        state.SaveSetting("url-key", key);
        return key;
    });

    public UrlSignature Sign(string path, long expiry, string method) => new(expiry, method, Compute(path, expiry, method, ownKey.Value));

    /// <summary>
    /// The reason to refuse the request; null if its query has a valid signature for <paramref name="method"/>.
    /// </summary>
    public string? Refusal(string path, string method, IQueryCollection query)
    {
        if (!long.TryParse(query["expiry"], NumberStyles.None, CultureInfo.InvariantCulture, out var expiry))
            return "The URL is not signed.";

        var given = Encoding.UTF8.GetBytes(query["signature"].ToString());
        var genuine = string.Equals(query["method"], method, StringComparison.OrdinalIgnoreCase)
            && options.Value.ApiKeys.Prepend(ownKey.Value).Any(key =>
                CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Compute(path, expiry, method, key))));
        if (!genuine)
            return "The URL's signature is wrong.";

        return expiry <= clock.GetUtcNow().ToUnixTimeSeconds() ? "The URL's signature has expired." : null;
    }

    private static string Compute(string path, long expiry, string method, string key)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"{path}?expiry={expiry}&method={method}");
        return Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(message)));
    }
}

/// <param name="Expiry">Unix seconds.</param>
/// <param name="Method"><c>get</c> or <c>put</c>.</param>
internal readonly record struct UrlSignature(long Expiry, string Method, string Signature)
{
    public Uri On(Uri url) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{url.AbsoluteUri}?expiry={Expiry}&method={Method}&signature={Signature}"));
}
