using Microsoft.Extensions.Configuration;

namespace Podcast.SettingsBinding;

/// <summary>
/// Finds values that were set for a section but would be ignored: unknown keys in the section, and misspelt keys outside of it.
/// Other environment variables must be accepted, so outside of our sections only a key that resembles a whole path is reported.
/// </summary>
internal sealed class SettingsCheck(IEnumerable<KnownSettings> known, IConfiguration configuration)
{
    private readonly List<KnownSettings> known = [.. known];

    /// <summary>The problems, one sentence each, with the names of environment variables and without values.</summary>
    public IEnumerable<string> Objections(string section)
    {
        var mine = known.Where(one => one.Section.Equals(section, StringComparison.OrdinalIgnoreCase)).ToList();
        var settings = mine.SelectMany(one => one.Settings).ToList();
        var variables = mine.SelectMany(one => one.Variables).ToList();

        foreach (var (path, value) in configuration.AsEnumerable())
        {
            var segments = path.Split(':');
            if (value is null || (value.Length == 0 && settings.Exists(setting => setting.IsWithin(segments))))
                continue; // an object or an empty list in a JSON file has the value ""

            var here = settings.Find(setting => setting.IsAt(segments));
            if (here is not null)
            {
                if (!here.Takes(value))
                    yield return $"{Variable(path)} cannot be read as {Name(here.Type)}.";
            }
            else if (IsMeant(path, segments, section, settings, variables, isSet: value.Length > 0))
            {
                var nearest = settings.Select(setting => Variable(setting.Like(segments))).Concat(segments.Length == 1 ? variables : [])
                    .MaxBy(name => Spelling.Similarity(Variable(path), name));
                yield return $"{Variable(path)} is no setting; the nearest is {nearest}.";
            }
        }
    }

    /// <summary>The environment variable for a configuration path.</summary>
    public static string Variable(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    private bool IsMeant(string path, string[] segments, string section, List<Setting> settings, List<string> variables, bool isSet) =>
        !IsKnown(segments) && (path.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase)
            || (isSet && (IsWhereASectionBelongs(segments, section)
                || settings.Exists(setting => setting.IsMeantBy(segments))
                || HasOtherUnderscores(path, settings, variables))));

    private bool IsKnown(string[] segments) => known.Exists(one => one.Settings.Any(setting => setting.IsAt(segments)));

    /// <summary>
    /// True if a parent of the section is missing its last segment: <c>Lanes__Rate</c> instead of <c>Lanes__Ittybit__Rate</c>.
    /// </summary>
    private static bool IsWhereASectionBelongs(string[] segments, string section) =>
        section.Split(':') is { Length: > 1 } parts && segments.Length == parts.Length
        && segments.SkipLast(1).SequenceEqual(parts.SkipLast(1), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// True if single and double underscores were confused: <c>Ittybit_ApiKey</c>. A name in capitals may belong to another
    /// program, unless we read a variable with the same prefix (<c>ITTYBIT_API_KEY</c>): then <c>ITTYBIT_BASE_ADDRESS</c> and
    /// <c>ITTYBIT_APIKEY</c> are reported too.
    /// </summary>
    private bool HasOtherUnderscores(string path, List<Setting> settings, List<string> variables)
    {
        if (!path.Contains('_') || known.Exists(one => one.Variables.Contains(path, StringComparer.OrdinalIgnoreCase)))
            return false;

        var isOurPrefix = variables.Exists(name => path.StartsWith($"{name.Split('_')[0]}_", StringComparison.OrdinalIgnoreCase));
        var comparison = isOurPrefix ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return settings.Exists(setting => Letters(setting.Path).Equals(Letters(path), comparison))
            || (isOurPrefix && variables.Exists(name => Spelling.Similarity(name, path) >= Spelling.Near));
    }

    private static string Letters(string path) => path.Replace("_", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal);

    private static string Name(Type type) => (Nullable.GetUnderlyingType(type) ?? type).Name;
}
