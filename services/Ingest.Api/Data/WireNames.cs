using System.Reflection;
using System.Text.Json.Serialization;

namespace Podcast.Ingest.Api.Data;

/// <summary>The names of a contract enum's values in JSON messages; the database stores the same names.</summary>
internal static class WireNames<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> all = typeof(TEnum)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(
            field => (TEnum)field.GetValue(null)!,
            field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name);

    private static readonly Dictionary<string, TEnum> values = all.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static IEnumerable<string> All => all.Values;

    public static string Of(TEnum value) => all[value];

    public static TEnum Parse(string word) => values[word];
}
