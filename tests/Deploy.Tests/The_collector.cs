using System.Text.Json.Nodes;

namespace Podcast.Deploy.Tests;

/// <summary>deploy/otel/collector.yaml.</summary>
public class The_collector
{
    private static readonly JsonObject collector = Yaml.Document(Repository.Text("deploy", "otel", "collector.yaml"));

    [Theory, InlineData("traces"), InlineData("metrics"), InlineData("logs")]
    public void passes_on_what_the_hosts_send(string signal)
    {
        collector.Words($"service.pipelines.{signal}.receivers").ShouldBe(["otlp"]);
        foreach (var kind in new[] { "receivers", "processors", "exporters" })
        {
            foreach (var part in collector.Words($"service.pipelines.{signal}.{kind}"))
                collector.At($"{kind}.{part}").ShouldNotBeNull($"{signal}: {part} is not described");
        }
    }

    [Fact]
    public void drops_before_it_runs_out_of_memory() =>
        collector.Words("service.pipelines.traces.processors").First().ShouldBe("memory_limiter");
}
