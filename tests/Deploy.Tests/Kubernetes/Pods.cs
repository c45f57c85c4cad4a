using System.Text.Json.Nodes;

namespace Podcast.Deploy.Tests.Kubernetes;

/// <summary>The pods of a workload.</summary>
internal static class Pods
{
    /// <summary>What runs in them: one container.</summary>
    public static JsonObject Container(JsonObject workload) => workload.List("spec.template.spec.containers").ShouldHaveSingleItem();

    /// <summary>Whether <paramref name="labels"/> mean them.</summary>
    public static bool Selects(JsonNode? labels, JsonObject workload) => labels is JsonObject wanted && wanted.Count > 0
        && wanted.All(label => workload.At("spec.template.metadata.labels")?[label.Key]?.ToString() == label.Value!.ToString());
}
