using Microsoft.Extensions.Configuration;

namespace Podcast.SettingsBinding;

/// <summary>
/// Finds what was set for a section and would be ignored: an unknown key in it, and a key beside it that was meant for it. Variables of
/// somebody else are left alone, so outside of our sections only a near miss of a whole path counts.
/// </summary>
internal sealed class SettingsCheck(IEnumerable<KnownSettings> known, IConfiguration configuration)
{
    private readonly List<KnownSettings> known = [.. known];

    /// <summary>What is wrong, one sentence each, with the environment variables' names and without values.</summary>
    public IEnumerable<string> Objections(string section)
    {
        var mine = known.Where(one => one.Section.Equals(section, StringComparison.OrdinalIgnoreCase)).ToList();
        var settings = mine.SelectMany(one => one.Settings).ToList();
        var variables = mine.SelectMany(one => one.Variables).ToList();

        foreach (var (path, value) in configuration.AsEnumerable())
        {
            var segments = path.Split(':');
            if (value is null || (value.Length == 0 && settings.Exists(setting => setting.IsWithin(segments))))
                continue; // a section or an empty list: JSON gives it the value ""

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

    /// <summary>The environment variable of a configuration path.</summary>
    public static string Variable(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    private bool IsMeant(string path, string[] segments, string section, List<Setting> settings, List<string> variables, bool isSet) =>
        !IsKnown(segments) && (path.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase)
            || (isSet && (IsWhereASectionBelongs(segments, section)
                || settings.Exists(setting => setting.IsMeantBy(segments))
                || HasOtherUnderscores(path, settings, variables))));

    private bool IsKnown(string[] segments) => known.Exists(one => one.Settings.Any(setting => setting.IsAt(segments)));

    /// <summary><c>Lanes__Rate</c>, where the section is <c>Lanes__Ittybit</c>.</summary>
    private static bool IsWhereASectionBelongs(string[] segments, string section) =>
        section.Split(':') is { Length: > 1 } parts && segments.Length == parts.Length
        && segments.SkipLast(1).SequenceEqual(parts.SkipLast(1), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// One underscore for two: <c>Ittybit_ApiKey</c>. In capitals such a name may be anybody's, except where we read others like it
    /// (<c>ITTYBIT_API_KEY</c>): then <c>ITTYBIT_BASE_ADDRESS</c> and <c>ITTYBIT_APIKEY</c> were meant for us.
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
