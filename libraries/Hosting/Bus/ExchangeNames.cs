using System.Collections.Concurrent;

namespace Podcast.Hosting.Bus;

/// <summary>
/// Exchange names that do not change when a type moves to another namespace: <c>podcast.episode-uploaded</c>,
/// <c>podcast.fault.extract-audio</c>. The prefix keeps them apart from the exchanges of the queues (<c>extract-audio</c>).
/// </summary>
internal sealed class ExchangeNames : IEntityNameFormatter
{
    private readonly ConcurrentDictionary<Type, string> names = [];

    public string FormatEntityName<T>() => FormatEntityName(typeof(T));

    public string FormatEntityName(Type type) => names.GetOrAdd(type, static type => "podcast." + Name(type));

    private static string Name(Type type)
    {
        if (!type.IsGenericType)
            return Kebab(type.Name);

        var arguments = string.Join("-", type.GetGenericArguments().Select(Name));
        return $"{Kebab(type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)])}.{arguments}";
    }

    private static string Kebab(string name)
    {
        var kebab = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && kebab.Length > 0)
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }
}
