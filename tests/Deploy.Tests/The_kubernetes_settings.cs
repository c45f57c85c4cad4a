using System.Text.Json.Nodes;
using Podcast.Deploy.Tests.Hosts;
using Podcast.Deploy.Tests.Kubernetes;
using static Podcast.Deploy.Tests.Kubernetes.Pods;

namespace Podcast.Deploy.Tests;

/// <summary>Where the hosts in deploy/kubernetes get their settings from, and the secrets among them.</summary>
public class The_kubernetes_settings
{
    [Theory, ClassData(typeof(Overlays))]
    public void refer_only_to_what_is_there_or_is_written_down(Overlay overlay)
    {
        var maps = overlay.Of("ConfigMap").Select(map => map.Word("metadata.name")).ToList();
        overlay.Objects.SelectMany(Yaml.Objects).Select(o => o.Word("configMapRef.name")).OfType<string>().Distinct()
            .ShouldAllBe(name => maps.Contains(name));

        var documented = DocumentedSecrets().ToList();
        var references = SecretReferences(overlay).Distinct().ToList();
        references.Except(documented).ShouldBeEmpty("deploy/kubernetes/README.md does not tell how to make them");
        documented.Except(references).Where(secret => secret.Name != "podcast-tls").ShouldBeEmpty("nobody reads them");
    }

    [Theory, ClassData(typeof(Overlays))]
    public void hold_no_secret(Overlay overlay)
    {
        overlay.Of("Secret").ShouldBeEmpty();
        overlay.Workloads.SelectMany(workload => Container(workload).List("env")).ShouldAllBe(setting => setting.ContainsKey("valueFrom"));
        overlay.Of("ConfigMap").SelectMany(map => map["data"]!.AsObject())
            .ShouldAllBe(setting => !setting.Key.Contains("Key") && !setting.Key.Contains("Secret") && !setting.Value!.ToString().Contains("Password"));
    }

    [Theory, ClassData(typeof(Overlays))]
    public void give_every_host_settings_that_it_would_start_with(Overlay overlay)
    {
        foreach (var host in Host.All)
        {
            var settings = overlay.Of("ConfigMap")[0]["data"]!.AsObject().ToDictionary(setting => setting.Key, setting => setting.Value!.ToString());
            foreach (var name in Container(overlay.The("Deployment", host.Name)).List("env").Select(setting => setting.Word("name")!))
                settings[name] = name switch
                {
                    "ConnectionStrings__RabbitMq" => "amqps://user:password@rabbitmq.example.com/podcast",
                    "Queues__Management" => "https://queues:password@rabbitmq.example.com:15671/podcast",
                    _ => "from-a-secret-of-yours",
                };

            host.Objections(settings).ShouldBeEmpty(host.Name);
        }
    }

    [Theory, ClassData(typeof(Overlays))]
    public void give_all_pods_of_the_console_one_key(Overlay overlay)
    {
        var key = Container(overlay.The("Deployment", "console")).List("env").Single(setting => setting.Word("name") == "Console__Key");

        key.Word("valueFrom.secretKeyRef.optional").ShouldBeNull("without it each pod makes a key that the others cannot read");
    }

    private static IEnumerable<(string Name, string Key)> SecretReferences(Overlay overlay)
    {
        foreach (var reference in overlay.Objects.SelectMany(Yaml.Objects).Select(o => o["secretKeyRef"]).OfType<JsonObject>())
            yield return (reference.Word("name")!, reference.Word("key")!);
        foreach (var reference in overlay.Of("TriggerAuthentication").SelectMany(t => t.List("spec.secretTargetRef")))
            yield return (reference.Word("name")!, reference.Word("key")!);
    }

    /// <summary>The table in the README: the Secret's name stands in the first of its rows.</summary>
    private static IEnumerable<(string Name, string Key)> DocumentedSecrets()
    {
        var name = "";
        foreach (var cells in Repository.Text("deploy", "kubernetes", "README.md").Split("## Secrets")[1].Split('\n')
                     .Where(line => line.StartsWith('|') && line.Contains('`')).Select(line => line.Split('|')))
        {
            name = cells[1].Trim(' ', '`') is { Length: > 0 } next ? next : name;
            foreach (var key in cells[2].Split(','))
                yield return (name, key.Trim(' ', '`'));
        }
    }
}
