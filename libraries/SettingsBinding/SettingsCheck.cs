using Microsoft.Extensions.Configuration;

namespace Podcast.SettingsBinding;

/// <summary>
/// Finds values that were set for a section but would be ignored: unknown keys in the section, and misspelt keys outside of it.
/// Other environment variables must be accepted, so outside of our sections only a key that resembles a whole path is reported.
/// </summary>
internal sealed class SettingsCheck(IEnumerable<KnownSettings> known, string section)
{
    private readonly List<KnownSettings> all = [.. known];
    private readonly List<Setting> settings = [.. Of(known, section).SelectMany(one => one.Settings)];
    private readonly List<string> variables = [.. Of(known, section).SelectMany(one => one.Variables)];

    /// <summary>The problems, one sentence each, with the names of environment variables and without values.</summary>
    public IEnumerable<string> Objections(IConfiguration configuration)
    {
        foreach (var (path, value) in configuration.AsEnumerable())
        {
            var segments = path.Split(':');
            if (value is null || (value.Length == 0 && settings.Exists(setting => setting.IsWithin(segments))))
                continue; // an object or an empty list in a JSON file has the value ""

            if (settings.Find(setting => setting.IsAt(segments)) is { } here)
            {
                if (!here.Takes(value))
                    yield return $"{Variable(path)} cannot be read as {(Nullable.GetUnderlyingType(here.Type) ?? here.Type).Name}.";
            }
            else if (IsMeant(path, segments, isSet: value.Length > 0))
            {
                var nearest = settings.Select(setting => Variable(setting.Like(segments))).Concat(segments.Length == 1 ? variables : [])
                    .MaxBy(name => Spelling.Similarity(Variable(path), name));
                yield return $"{Variable(path)} is no setting; the nearest is {nearest}.";
            }
        }
    }

    /// <summary>The environment variable for a configuration path.</summary>
    public static string Variable(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    private static IEnumerable<KnownSettings> Of(IEnumerable<KnownSettings> known, string section) =>
        known.Where(one => one.Section.Equals(section, StringComparison.OrdinalIgnoreCase));

    private bool IsMeant(string path, string[] segments, bool isSet) =>
        !all.Exists(one => one.Settings.Any(setting => setting.IsAt(segments)))
        && (path.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase)
            || (isSet && (IsWhereASectionBelongs(segments)
                || settings.Exists(setting => setting.IsMeantBy(segments))
                || HasOtherUnderscores(path))));

    /// <summary>True if the section's last segment is missing: <c>Lanes__Rate</c> for <c>Lanes__Ittybit__Rate</c>.</summary>
    private bool IsWhereASectionBelongs(string[] segments) =>
        section.Split(':') is { Length: > 1 } parts && segments.Length == parts.Length
        && segments.SkipLast(1).SequenceEqual(parts.SkipLast(1), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// True if single and double underscores were confused: <c>Ittybit_ApiKey</c>. A name in capitals may belong to another
    /// program, unless we read a variable with the same prefix (<c>ITTYBIT_API_KEY</c>): then <c>ITTYBIT_BASE_ADDRESS</c> and
    /// <c>ITTYBIT_APIKEY</c> are reported too.
    /// </summary>
    private bool HasOtherUnderscores(string path)
    {
        if (!path.Contains('_') || all.Exists(one => one.Variables.Contains(path, StringComparer.OrdinalIgnoreCase)))
            return false;

        var isOurPrefix = variables.Exists(name => path.StartsWith($"{name.Split('_')[0]}_", StringComparison.OrdinalIgnoreCase));
        var comparison = isOurPrefix ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return settings.Exists(setting => setting.Path.Replace(":", "", StringComparison.Ordinal).Equals(
                path.Replace("_", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal), comparison))
            || (isOurPrefix && variables.Exists(name => Spelling.Similarity(name, path) >= Spelling.Near));
    }
}
