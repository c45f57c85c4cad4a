using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;

namespace Podcast.Hosting.Telemetry;

/// <summary>
/// Removes secrets from spans before export: query strings (signed addresses), the token in the path of a callback, credentials
/// in an address, and tags for authorization headers and cookies.
/// </summary>
internal sealed partial class Redaction : BaseProcessor<Activity>
{
    private const string Hidden = "REDACTED";

    public override void OnEnd(Activity data)
    {
        data.DisplayName = Clean(data.DisplayName);
        foreach (var (name, value) in data.TagObjects.ToArray())
        {
            if (IsSecret(name))
                data.SetTag(name, Hidden);
            else if (value is string text && Clean(text) is var clean && clean != text)
                data.SetTag(name, clean);
        }
    }

    internal static string Clean(string text) => Query().Replace(Credentials().Replace(Token().Replace(text, Hidden), Hidden), Hidden);

    private static bool IsSecret(string name) =>
        name is "url.query" || name.Contains("authorization", StringComparison.OrdinalIgnoreCase)
        || name.Contains("cookie", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<=/webhooks/ittybit/[^/\s]+/[^/\s]+/[^/\s]+/)[^/?#\s{][^/?#\s]*")]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<=://)[^/?#\s@]+(?=@)")]
    private static partial Regex Credentials();

    [GeneratedRegex(@"(?<=(://|/)[^\s?]*\?)[^\s#""']+")]
    private static partial Regex Query();
}
