using System.Diagnostics;
using OpenTelemetry;
using Podcast.Redaction;

namespace Podcast.Hosting.Telemetry;

/// <summary>
/// Removes secrets from spans before export: those of addresses (<see cref="Redactor"/>), and tags for authorization headers and
/// cookies.
/// </summary>
internal sealed class SpanRedaction : BaseProcessor<Activity>
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

    internal static string Clean(string text) => Redactor.Addresses(text, Hidden);

    private static bool IsSecret(string name) =>
        name is "url.query" || name.Contains("authorization", StringComparison.OrdinalIgnoreCase)
        || name.Contains("cookie", StringComparison.OrdinalIgnoreCase);
}
