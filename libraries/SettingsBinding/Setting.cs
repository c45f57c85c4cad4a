using System.ComponentModel;
using System.Reflection;

namespace Podcast.SettingsBinding;

/// <summary>What one options type reads: the settings of a section, and other environment variables.</summary>
internal sealed record KnownSettings(
    string Section, string Name, Type Options, IReadOnlyList<Setting> Settings, IReadOnlyList<string> Variables);

/// <summary>A single configuration value of an options type.</summary>
/// <param name="Path">The configuration path; <c>0</c> is any index of a list, <c>*</c> any key of a dictionary.</param>
/// <param name="Type">The type to which the value is converted.</param>
internal sealed record Setting(string Path, Type Type)
{
    private readonly string[] segments = Path.Split(':');

    /// <summary>All that the configuration binder reads into <paramref name="type"/> from <paramref name="path"/>.</summary>
    public static IEnumerable<Setting> Of(Type type, string path) => type switch
    {
        _ when IsValue(type) => [new(path, type)],
        _ when Element(type, typeof(IDictionary<,>)) is [_, var value] => Of(value, $"{path}:*"),
        _ when Element(type, typeof(IEnumerable<>)) is [var element] => Of(element, $"{path}:0"),
        _ => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } || !IsValue(property.PropertyType))
            .SelectMany(property => Of(property.PropertyType, $"{path}:{property.Name}")),
    };

    /// <summary>True if <paramref name="path"/> is the path of this setting.</summary>
    public bool IsAt(string[] path) => path.Length == segments.Length && path.Zip(segments, IsSame).All(same => same);

    /// <summary>True if <paramref name="path"/> is a parent of this setting's path.</summary>
    public bool IsWithin(string[] path) => path.Length < segments.Length && path.Zip(segments, IsSame).All(same => same);

    /// <summary>True if <paramref name="path"/> is probably a misspelling: every segment is equal or similar.</summary>
    public bool IsMeantBy(string[] path) => path.Length == segments.Length
        && path.Zip(segments).All(pair => IsSame(pair.First, pair.Second) || Spelling.Similarity(pair.First, pair.Second) >= Spelling.Near);

    /// <summary>This setting's path, with the dictionary keys and list indexes of <paramref name="path"/>.</summary>
    public string Like(string[] path) =>
        string.Join(':', segments.Select((segment, at) => IsAny(segment) && at < path.Length ? path[at] : segment));

    /// <summary>True if the configuration binder can convert <paramref name="value"/>.</summary>
    public bool Takes(string value)
    {
        try
        {
            TypeDescriptor.GetConverter(Type).ConvertFromInvariantString(value);
            return true;
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool IsSame(string given, string segment) => IsAny(segment) || given.Equals(segment, StringComparison.OrdinalIgnoreCase);

    private static bool IsAny(string segment) => segment is "0" or "*";

    private static bool IsValue(Type type) => TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    private static Type[]? Element(Type type, Type collection) => type.GetInterfaces().Append(type)
        .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == collection)?.GetGenericArguments();
}
