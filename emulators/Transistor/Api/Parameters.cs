using Microsoft.Extensions.Primitives;

namespace Podcast.Emulators.Transistor;

/// <summary>
/// The parameters of a request under names like <c>episode[title]</c> and <c>fields[episode][]</c>: those of the query, and of the
/// body, which is a form or a JSON object (<c>{"episode":{"title":…}}</c>).
/// </summary>
internal sealed record Parameters(IReadOnlyDictionary<string, StringValues> All)
{
    /// <summary>The item of an <see cref="HttpContext"/> whose body could not be read.</summary>
    public const string Unreadable = "Unreadable";

    public static readonly Parameters None = new(new Dictionary<string, StringValues>());

    public string? this[string name] => Many(name) is [.., var last] ? last : null;

    public StringValues Many(string name) => All.TryGetValue(name, out var values) ? values : default;

    /// <summary>The parameters <c>{resource}[{name}]</c>, by name.</summary>
    public Dictionary<string, string?> Of(string resource) => All
        .Where(one => one.Key.StartsWith(resource + "[", StringComparison.Ordinal) && one.Key[^1] == ']')
        .ToDictionary(one => one.Key[(resource.Length + 1)..^1], one => one.Value is [.., var last] ? last : null);

    public static async ValueTask<Parameters> BindAsync(HttpContext http)
    {
        var all = http.Request.Query.ToDictionary();
        try
        {
            if (http.Request.HasFormContentType)
            {
                foreach (var (name, values) in await http.Request.ReadFormAsync(http.RequestAborted))
                    all[name] = values;
            }
            else if (http.Request.HasJsonContentType())
            {
                Flatten("", await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted), all);
            }

            return new Parameters(all);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or ArgumentException)
        {
            http.Items[Unreadable] = true;
            return new Parameters(all);
        }
    }

    private static void Flatten(string name, JsonNode? node, Dictionary<string, StringValues> all)
    {
        if (node is JsonObject members)
        {
            foreach (var (member, value) in members)
                Flatten(name.Length == 0 ? member : $"{name}[{member}]", value, all);
        }
        else if (node is JsonArray items)
        {
            all[name + "[]"] = new StringValues([.. items.Select(item => item?.ToString())]);
        }
        else
        {
            all[name] = new StringValues([node?.ToString()]);
        }
    }
}
