using System.ComponentModel;
using System.Reflection;

namespace Podcast.SettingsBinding;

/// <summary>One value that may be set.</summary>
/// <param name="Path">The configuration path. <c>0</c> stands for any element of a list, <c>*</c> for any key of a dictionary.</param>
/// <param name="Type">What the value is read as.</param>
internal sealed record Setting(string Path, Type Type)
{
    private readonly string[] segments = Path.Split(':');

    /// <summary>All that the binder reads into <paramref name="type"/> from <paramref name="path"/>.</summary>
    public static IEnumerable<Setting> Of(Type type, string path) => type switch
    {
        _ when IsValue(type) => [new(path, type)],
        _ when Element(type, typeof(IDictionary<,>)) is [_, var value] => Of(value, $"{path}:*"),
        _ when Element(type, typeof(IEnumerable<>)) is [var element] => Of(element, $"{path}:0"),
        _ => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } || !IsValue(property.PropertyType))
            .SelectMany(property => Of(property.PropertyType, $"{path}:{property.Name}")),
    };

    /// <summary>Whether <paramref name="path"/> is this setting's.</summary>
    public bool IsAt(string[] path) => path.Length == segments.Length && path.Zip(segments).All(pair => IsSame(pair.First, pair.Second));

    /// <summary>Whether <paramref name="path"/> leads to this setting and to others.</summary>
    public bool IsWithin(string[] path) => path.Length < segments.Length && path.Zip(segments).All(pair => IsSame(pair.First, pair.Second));

    /// <summary>Whether somebody who wrote <paramref name="path"/> meant this setting: each part is the same or nearly so.</summary>
    public bool IsMeantBy(string[] path) => path.Length == segments.Length
        && path.Zip(segments).All(pair => IsSame(pair.First, pair.Second) || Spelling.Similarity(pair.First, pair.Second) >= Spelling.Near);

    /// <summary>Its path, with the keys and numbers of <paramref name="path"/>.</summary>
    public string Like(string[] path) =>
        string.Join(':', segments.Select((segment, at) => IsAny(segment) && at < path.Length ? path[at] : segment));

    /// <summary>Whether the binder can read <paramref name="value"/>.</summary>
    public bool Takes(string value)
    {
        var type = Nullable.GetUnderlyingType(Type);
        if (value.Length == 0 && type is not null)
            return true;

        try
        {
            TypeDescriptor.GetConverter(type ?? Type).ConvertFromInvariantString(value);
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
