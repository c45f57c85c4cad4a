using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Podcast.Deploy.Tests.Kubernetes;

/// <summary>One environment as the cluster gets it: its step and its hosts, rendered.</summary>
public sealed class Overlay : IXunitSerializable
{
    private IReadOnlyList<JsonObject>? objects;

    /// <summary>For xunit.</summary>
    public Overlay()
    {
    }

    public Overlay(string name) => Name = name;

    public string Name { get; private set; } = "";

    /// <summary>The objects of both kustomizations: <c>migrate</c> is applied first.</summary>
    public IReadOnlyList<JsonObject> Objects => objects ??=
        [.. Kustomization.Render(Path.Combine(Folder, "migrate")), .. Kustomization.Render(Folder)];

    public IReadOnlyList<JsonObject> Of(string kind) => [.. Objects.Where(thing => thing.Word("kind") == kind)];

    public JsonObject The(string kind, string name) => Of(kind).Single(thing => thing.Word("metadata.name") == name);

    /// <summary>What runs pods; of a CronJob, the Job that it makes.</summary>
    public IEnumerable<JsonObject> Workloads => Of("Deployment").Concat(Of("Job")).Concat(Of("CronJob").Select(Job));

    public override string ToString() => Name;

    private static JsonObject Job(JsonObject schedule) => new()
    {
        ["kind"] = "Job",
        ["metadata"] = schedule["metadata"]!.DeepClone(),
        ["spec"] = schedule.At("spec.jobTemplate.spec")!.DeepClone(),
    };

    void IXunitSerializable.Deserialize(IXunitSerializationInfo info) => Name = info.GetValue<string>(nameof(Name));

    void IXunitSerializable.Serialize(IXunitSerializationInfo info) => info.AddValue(nameof(Name), Name);

    private string Folder => Repository.File("deploy", "kubernetes", "overlays", Name);
}
