using Microsoft.Extensions.Primitives;

namespace Podcast.Emulators.Transistor;

/// <summary>Writes JSON:API documents: sparse fields by <c>fields[type][]</c>, related resources by <c>include[]</c>.</summary>
internal static class JsonApi
{
    /// <param name="Show">The related show, for resources that have one.</param>
    public sealed record Resource(string Type, string Id, JsonObject Attributes, Resource? Show = null);

    public static JsonObject One(Resource resource, Parameters parameters)
    {
        var document = new JsonObject { ["data"] = Write(resource, parameters) };
        AddIncluded(document, [resource], parameters);
        return document;
    }

    /// <summary>One page of <paramref name="all"/>. Pages count from 1; 0, the documented default, is the first one too.</summary>
    public static JsonObject Page(IReadOnlyCollection<Resource> all, Parameters parameters)
    {
        var page = Math.Max(1, Number(parameters["pagination[page]"], 1));
        var per = Math.Max(1, Number(parameters["pagination[per]"], 10));
        Resource[] items = [.. all.Skip((int)Math.Min(int.MaxValue, (page - 1L) * per)).Take(per)];
        var document = new JsonObject
        {
            ["data"] = new JsonArray([.. items.Select(item => Write(item, parameters))]),
            ["meta"] = new JsonObject
            {
                ["currentPage"] = page,
                ["totalPages"] = (all.Count + per - 1) / per,
                ["totalCount"] = all.Count,
            },
        };
        AddIncluded(document, items, parameters);
        return document;
    }

    /// <summary>A time as Transistor writes it.</summary>
    public static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static void AddIncluded(JsonObject document, Resource[] items, Parameters parameters)
    {
        if (parameters.Many("include[]").Contains("show"))
            document["included"] = new JsonArray([.. items.Select(item => item.Show).OfType<Resource>().DistinctBy(show => show.Id)
                .Select(show => Write(show, parameters))]);
    }

    private static JsonObject Write(Resource resource, Parameters parameters)
    {
        var wanted = parameters.Many($"fields[{resource.Type}][]");
        var related = resource.Show is { } show
            ? new JsonObject { ["show"] = new JsonObject { ["data"] = new JsonObject { ["id"] = show.Id, ["type"] = show.Type } } }
            : [];
        return new JsonObject
        {
            ["id"] = resource.Id,
            ["type"] = resource.Type,
            ["attributes"] = StringValues.IsNullOrEmpty(wanted)
                ? resource.Attributes.DeepClone()
                : new JsonObject(resource.Attributes.Where(one => wanted.Contains(one.Key))
                    .Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone()))),
            ["relationships"] = related,
        };
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
