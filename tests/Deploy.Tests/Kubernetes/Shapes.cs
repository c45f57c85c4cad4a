using System.Text.Json;
using System.Text.Json.Nodes;

namespace Podcast.Deploy.Tests.Kubernetes;

/// <summary>What fields Kubernetes' objects have (<c>shapes.yaml</c>), and what is wrong with an object of ours.</summary>
internal static class Shapes
{
    private static readonly JsonObject shapes = Yaml.Document(Repository.Text("tests", "Deploy.Tests", "Kubernetes", "shapes.yaml"));

    public static IReadOnlyList<string> Objections(JsonObject thing) =>
        [.. Check(thing, thing.Word("kind")!, $"{thing.Word("kind")} {thing.Word("metadata.name")}")];

    private static IEnumerable<string> Check(JsonNode? value, string type, string place)
    {
        type = type.TrimEnd('!');
        return type switch
        {
            "any" => [],
            "scalar" => value is JsonValue ? [] : [$"{place}: one word or number belongs here"],
            "string" => Kind(value, JsonValueKind.String, place),
            "number" => Kind(value, JsonValueKind.Number, place),
            "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? [] : [$"{place}: true or false belongs here"],
            ['[', ..] => value is JsonArray list ? list.SelectMany((item, i) => Check(item, type[1..^1], $"{place}[{i}]")) : [$"{place}: no list"],
            ['{', ..] => value is JsonObject map ? map.SelectMany(item => Check(item.Value, type[1..^1], $"{place}.{item.Key}")) : [$"{place}: no map"],
            _ when shapes[type] is JsonObject shape => value is JsonObject thing ? Check(thing, shape, place) : [$"{place}: no {type}"],
            _ => [$"{place}: nothing is known about {type}"],
        };
    }

    private static IEnumerable<string> Check(JsonObject thing, JsonObject shape, string place) =>
        thing.SelectMany(field => shape[field.Key] is { } type
                ? Check(field.Value, type.ToString(), $"{place}.{field.Key}")
                : [$"{place}: there is no field {field.Key}"])
            .Concat(shape.Where(field => field.Value!.ToString().EndsWith('!') && !thing.ContainsKey(field.Key))
                .Select(field => $"{place}: {field.Key} is missing"));

    private static IEnumerable<string> Kind(JsonNode? value, JsonValueKind kind, string place) =>
        value?.GetValueKind() == kind ? [] : [$"{place}: a {kind.ToString().ToLowerInvariant()} belongs here"];
}
