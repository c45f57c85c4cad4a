using System.Net.Http.Headers;

namespace Podcast.Emulators.YouTube.OAuth;

/// <summary>Checks <c>client_id</c> and <c>client_secret</c>, which are in the form or in a Basic header.</summary>
internal sealed class OAuthClients(IOptions<YouTubeEmulatorOptions> options)
{
    public bool IsKnown(string id) => options.Value.Clients.Count == 0 || options.Value.Clients.Exists(client => client.Id == id);

    /// <summary>The id of the client that sends the form; null if id or secret is wrong.</summary>
    public string? Authenticate(HttpRequest request, IFormCollection form)
    {
        var (id, secret) = Basic(request) ?? (form["client_id"].ToString(), form["client_secret"].ToString());
        var isGood = id.Length > 0 && (options.Value.Clients.Count == 0
            || options.Value.Clients.Exists(client => client.Id == id && client.Secret == secret));
        return isGood ? id : null;
    }

    private static (string Id, string Secret)? Basic(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header.Scheme != "Basic")
            return null;
        var bytes = new byte[(header.Parameter ?? "").Length];
        return Convert.TryFromBase64String(header.Parameter ?? "", bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret]
            ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret))
            : null;
    }
}
