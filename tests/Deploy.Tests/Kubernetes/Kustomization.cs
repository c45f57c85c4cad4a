using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Podcast.Deploy.Tests.Kubernetes;

/// <summary>
/// Does what <c>kubectl kustomize</c> does, as far as our files need it; a field that it does not know is an error. Generated names
/// go without their hash. (Compared with kustomize 5.5 on our overlays: the same objects.)
/// </summary>
internal static class Kustomization
{
    private static readonly string[] known =
        ["apiVersion", "kind", "resources", "components", "configMapGenerator", "patches", "namespace", "images", "replicas"];

    private static readonly string[] clusterWide = ["Namespace"];

    // How lists are merged: by the field that names their items. All other lists are replaced.
    private static readonly Dictionary<string, string> mergeKeys = new()
    {
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["env"] = "name",
        ["volumes"] = "name",
        ["volumeMounts"] = "mountPath",
        ["ports"] = "containerPort",
    };

    public static IReadOnlyList<JsonObject> Render(string directory)
    {
        var objects = new List<JsonObject>();
        Apply(directory, objects);
        return objects;
    }

    private static void Apply(string directory, List<JsonObject> objects)
    {
        var file = Yaml.Document(File.ReadAllText(Path.Combine(directory, "kustomization.yaml")));
        foreach (var resource in file.Words("resources").Select(path => Path.GetFullPath(Path.Combine(directory, path))))
            objects.AddRange(Directory.Exists(resource) ? Render(resource) : Yaml.Documents(File.ReadAllText(resource)));
        foreach (var component in file.Words("components"))
            Apply(Path.Combine(directory, component), objects);

        foreach (var field in file.Select(field => field.Key))
            known.ShouldContain(field, $"{directory}: this renderer cannot do that");

        objects.AddRange(file.List("configMapGenerator").Select(ConfigMap));
        foreach (var patch in file.List("patches"))
            Patch(directory, patch, objects);
        if (file.Word("namespace") is { } home)
            Place(home, objects);
        foreach (var image in file.List("images"))
            Name(image, objects);
        foreach (var replicas in file.List("replicas"))
            Count(replicas, objects);
    }

    private static JsonObject ConfigMap(JsonObject generator) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = generator.Word("name") },
        ["data"] = new JsonObject(generator.Words("literals").Select(literal => literal.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], (JsonNode?)pair[1]))),
    };

    private static void Patch(string directory, JsonObject patch, List<JsonObject> objects)
    {
        var change = Yaml.Document(File.ReadAllText(Path.Combine(directory, patch.Word("path")!)));
        var (kind, name) = (patch.Word("target.kind"), patch.Word("target.name") ?? ".*");
        foreach (var target in objects.Where(o => Is(o.Word("kind"), kind!) && Is(o.Word("metadata.name"), name)))
            Merge((JsonObject)target["spec"]!, (JsonObject)change["spec"]!);
    }

    private static bool Is(string? word, string pattern) => Regex.IsMatch(word ?? "", $"^({pattern})$");

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (field, value) in patch)
        {
            if (target[field] is JsonObject map && value is JsonObject with)
                Merge(map, with);
            else if (target[field] is JsonArray list && value is JsonArray items && mergeKeys.TryGetValue(field, out var key))
                Merge(list, items, key);
            else
                target[field] = value?.DeepClone();
        }
    }

    private static void Merge(JsonArray list, JsonArray patch, string key)
    {
        foreach (var item in patch.OfType<JsonObject>())
        {
            if (list.OfType<JsonObject>().FirstOrDefault(present => present.Word(key) == item.Word(key)) is { } same)
                Merge(same, item);
            else
                list.Add(item.DeepClone());
        }
    }

    private static void Place(string @namespace, List<JsonObject> objects)
    {
        foreach (var thing in objects.Where(o => !clusterWide.Contains(o.Word("kind"))))
            thing["metadata"]!["namespace"] = @namespace;
    }

    private static void Name(JsonObject image, List<JsonObject> objects)
    {
        foreach (var container in objects.SelectMany(Yaml.Objects).Where(o => o.Word("image")?.Split(':')[0] == image.Word("name")))
            container["image"] = $"{image.Word("newName")}:{image.Word("newTag")}";
    }

    private static void Count(JsonObject replicas, List<JsonObject> objects) =>
        objects.Single(o => o.Word("kind") == "Deployment" && o.Word("metadata.name") == replicas.Word("name"))["spec"]!["replicas"] =
            replicas["count"]!.DeepClone();
}
