using System.Collections.Concurrent;
using System.Text.Json;

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
        var name = JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name.Split('`')[0]);
        return type.IsGenericType ? $"{name}.{string.Join('-', type.GetGenericArguments().Select(Name))}" : name;
    }
}
