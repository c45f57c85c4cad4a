using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Podcast.EndToEnd.Tests.Metrics;

/// <summary>What deploy/grafana and deploy/prometheus ask for.</summary>
internal static class Watched
{
    /// <summary>The questions of the panels, with the labels of their legends.</summary>
    public static IEnumerable<(string Where, string Expression, string Text)> Dashboards() =>
        from file in Directory.GetFiles(Folder("grafana"), "*.json", SearchOption.AllDirectories)
        from node in Below(JsonNode.Parse(File.ReadAllText(file)))
        where node["expr"] is not null
        select ($"{Path.GetFileName(file)}: {node["legendFormat"]}", $"{node["expr"]}", $"{node["legendFormat"]}");

    /// <summary>The questions of the alerts, with the labels of their texts.</summary>
    public static IEnumerable<(string Where, string Expression, string Text)> Alerts() =>
        from file in Directory.GetFiles(Folder("prometheus"), "*alerts*.yml")
        from rule in Rules(file)
        select ($"{rule["alert"]}", $"{rule["expr"]}", $"{rule["annotations"]["summary"]}");

    /// <summary>The paths to which the alerts lead.</summary>
    public static IEnumerable<string> Pages() =>
        from file in Directory.GetFiles(Folder("prometheus"), "*alerts*.yml")
        from rule in Rules(file)
        let link = $"{rule["annotations"]["page"]}".Replace("{{ $labels.state }}", "uploaded", StringComparison.Ordinal)
        select link[link.IndexOf("/console/", StringComparison.Ordinal)..];

    private static IEnumerable<YamlMappingNode> Rules(string file)
    {
        var stream = new YamlStream();
        using var text = new StreamReader(file);
        stream.Load(text);
        return stream.Documents[0].AllNodes.OfType<YamlMappingNode>().Where(node => node.Children.ContainsKey("alert"));
    }

    private static IEnumerable<JsonObject> Below(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(field => Below(field.Value)).Prepend(map),
        JsonArray list => list.SelectMany(Below),
        _ => [],
    };

    private static string Folder(string name, [System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../deploy", name));
}
