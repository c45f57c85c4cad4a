using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>The names of an enum's values in JSON, from their attributes. Databases store the same names.</summary>
[SuppressMessage("Design", "CA1000", Justification = "The type argument is the enum that is read: WireNames<TaskKind>.Parse(name).")]
public static class WireNames<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> all = typeof(TEnum)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(
            field => (TEnum)field.GetValue(null)!,
            field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name);

    private static readonly Dictionary<string, TEnum> values = all.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>All names, in the order of the values.</summary>
    public static IEnumerable<string> All => all.Values;

    /// <summary>The name of <paramref name="value"/>.</summary>
    /// <exception cref="KeyNotFoundException">The enum has no such value.</exception>
    public static string Of(TEnum value) => all[value];

    /// <summary>The value with the name <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">The enum has no such name.</exception>
    public static TEnum Parse(string name) => values[name];

    /// <summary>Returns the value that JSON calls <paramref name="name"/>; null if no value has that name.</summary>
    public static TEnum? Find(string? name) => name is not null && values.TryGetValue(name, out var value) ? value : null;
}
