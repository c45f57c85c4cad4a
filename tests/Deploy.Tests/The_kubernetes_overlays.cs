using System.Text.Json.Nodes;
using Podcast.Deploy.Tests.Hosts;
using Podcast.Deploy.Tests.Kubernetes;

namespace Podcast.Deploy.Tests;

/// <summary>deploy/kubernetes, rendered as the cluster gets it.</summary>
public class The_kubernetes_overlays
{
    public static TheoryData<Overlay> Overlays =>
        [.. Directory.GetDirectories(Repository.File("deploy", "kubernetes", "overlays")).Select(folder => new Overlay(Path.GetFileName(folder)!))];

    [Theory, MemberData(nameof(Overlays))]
    public void have_only_fields_that_kubernetes_knows(Overlay overlay) =>
        overlay.Objects.SelectMany(Shapes.Objections).ShouldBeEmpty();

    [Theory, MemberData(nameof(Overlays))]
    public void name_each_object_once_and_put_it_into_one_namespace(Overlay overlay)
    {
        var names = overlay.Objects.Where(thing => thing.Word("kind") != "ConfigMap") // the same one, for the step and for the hosts
            .Select(thing => $"{thing.Word("kind")} {thing.Word("metadata.name")}").ToList();
        names.Distinct().Count().ShouldBe(names.Count);

        var home = overlay.Of("Namespace").ShouldHaveSingleItem().Word("metadata.name");
        foreach (var thing in overlay.Objects.Where(thing => thing.Word("kind") != "Namespace"))
            thing.Word("metadata.namespace").ShouldBe(home, thing.Word("metadata.name"));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void run_every_host_on_the_bus(Overlay overlay) =>
        overlay.Of("Deployment").Select(deployment => deployment.Word("metadata.name")).ShouldBe(Host.All.Select(host => host.Name), ignoreOrder: true);

    [Theory, MemberData(nameof(Overlays))]
    public void make_tables_and_queues_of_every_host_that_has_some(Overlay overlay)
    {
        overlay.Of("Job").Select(job => job.Word("metadata.name")).ShouldBe(
            Host.All.Where(host => host.Queues.Count > 0).Select(host => $"migrate-{host.Name}"), ignoreOrder: true);

        foreach (var job in overlay.Of("Job"))
            Container(job).Words("args").ShouldBe(["migrate"]);
    }

    [Theory, MemberData(nameof(Overlays))]
    public void run_the_same_release_everywhere_and_say_which(Overlay overlay)
    {
        var tags = overlay.Workloads.Select(workload => Container(workload).Word("image")!.Split(':')).ToList();

        tags.ShouldAllBe(image => image.Length == 2);
        var tag = tags.Select(image => image[1]).Distinct().ShouldHaveSingleItem();
        tag.ShouldMatch(@"^[0-9]+\.[0-9]+\.[0-9]+");
        foreach (var workload in overlay.Workloads)
            Container(workload).Word("image")!.ShouldContain($"/{workload.Word("metadata.name")!.Replace("migrate-", "")}:");
    }

    [Theory, MemberData(nameof(Overlays))]
    public void give_no_pod_a_right_that_it_does_not_need(Overlay overlay)
    {
        foreach (var workload in overlay.Workloads)
        {
            var (name, pod, container) = (workload.Word("metadata.name"), workload.At("spec.template.spec"), Container(workload));
            pod.Word("automountServiceAccountToken").ShouldBe("false", name);
            pod.Word("enableServiceLinks").ShouldBe("false", name);
            pod.Word("securityContext.runAsNonRoot").ShouldBe("true", name);
            pod.Word("securityContext.runAsUser").ShouldBe("1654", name);
            pod.Word("securityContext.seccompProfile.type").ShouldBe("RuntimeDefault", name);
            container.Word("securityContext.readOnlyRootFilesystem").ShouldBe("true", name);
            container.Word("securityContext.allowPrivilegeEscalation").ShouldBe("false", name);
            container.Words("securityContext.capabilities.drop").ShouldBe(["ALL"], name);
            foreach (var word in new[] { "hostNetwork", "hostPID", "hostIPC" })
                pod.At(word).ShouldBeNull(name);
            pod.List("volumes").ShouldAllBe(volume => volume.ContainsKey("emptyDir"), name);
            container.List("volumeMounts").ShouldContain(mount => mount.Word("mountPath") == "/tmp", $"{name}: .NET writes to /tmp");
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void limit_what_a_pod_takes(Overlay overlay)
    {
        foreach (var part in from workload in overlay.Workloads
                             from side in new[] { "requests", "limits" }
                             from what in new[] { "cpu", "memory" }
                             select (Workload: workload, Path: $"resources.{side}.{what}"))
            Container(part.Workload).At(part.Path).ShouldNotBeNull($"{part.Workload.Word("metadata.name")}: {part.Path}");
    }

    [Theory, MemberData(nameof(Overlays))]
    public void ask_each_host_how_it_is_where_it_answers(Overlay overlay)
    {
        foreach (var container in overlay.Of("Deployment").Select(Container))
        {
            var http = container.List("ports").ShouldHaveSingleItem();
            http.Word("containerPort").ShouldBe("8080", "deploy/Dockerfile: ASPNETCORE_HTTP_PORTS");
            foreach (var (probe, path) in new[] { ("startupProbe", "live"), ("livenessProbe", "live"), ("readinessProbe", "ready") })
            {
                container.Word($"{probe}.httpGet.path").ShouldBe($"/health/{path}");
                container.Word($"{probe}.httpGet.port").ShouldBe(http.Word("name"));
            }
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void let_a_host_finish_before_it_is_killed(Overlay overlay)
    {
        foreach (var host in Host.All)
        {
            var deployment = overlay.The("Deployment", host.Name);
            var grace = double.Parse(deployment.Word("spec.template.spec.terminationGracePeriodSeconds")!);
            var pause = double.Parse(Container(deployment).Word("lifecycle.preStop.sleep.seconds") ?? "0");

            TimeSpan.FromSeconds(grace - pause).ShouldBeGreaterThanOrEqualTo(host.StopsWithin + TimeSpan.FromSeconds(5), host.Name);
            if (overlay.Of("Service").Any(service => Selects(service.At("spec.selector"), deployment)))
                pause.ShouldBeGreaterThan(0, $"{host}: requests still come while the endpoints change");
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void keep_all_but_one_pod_of_a_host_through_a_drained_node(Overlay overlay)
    {
        foreach (var deployment in overlay.Of("Deployment"))
        {
            var budget = overlay.Of("PodDisruptionBudget").Single(b => Selects(b.At("spec.selector.matchLabels"), deployment));
            budget.Word("spec.maxUnavailable").ShouldBe("1");
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void let_every_pod_talk_only_to_whom_it_must(Overlay overlay)
    {
        foreach (var workload in overlay.Workloads)
        {
            var policy = overlay.Of("NetworkPolicy").Single(p =>
                p.At("spec.podSelector.matchLabels") is { } labels && Selects(labels, workload));
            policy.Words("spec.policyTypes").ShouldBe(["Ingress", "Egress"]);
            policy.List("spec.egress").ShouldAllBe(rule => rule.List("ports").Any(), "a rule without ports allows everything");
            if (workload.Word("metadata.name") != "batch") // single tasks, found by asking: it needs no broker
                policy.List("spec.egress").SelectMany(rule => rule.List("ports")).ShouldContain(port => port.Word("port") == "5672");
            policy.List("spec.ingress").SelectMany(rule => rule.List("ports")).ShouldAllBe(port => port.Word("port") == "8080");
        }

        overlay.The("NetworkPolicy", "default-deny").At("spec.podSelector")!.AsObject().ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Overlays))]
    public void lead_from_the_outside_to_the_two_hosts_that_answer_it(Overlay overlay)
    {
        var backends = overlay.Of("Ingress").SelectMany(Yaml.Objects).Where(o => o.ContainsKey("service"))
            .Select(backend => (Service: backend.Word("service.name"), Port: backend.Word("service.port.name"))).Distinct().ToList();
        backends.Select(backend => backend.Service).ShouldBe(["ingest-api", "webhook-gateway"], ignoreOrder: true);

        foreach (var (name, port) in backends)
        {
            var served = overlay.The("Service", name!).List("spec.ports").Single(p => p.Word("name") == port);
            Container(overlay.The("Deployment", name!)).List("ports").ShouldContain(p => p.Word("name") == served.Word("targetPort"));
        }

        var host = overlay.The("Ingress", "webhook-gateway").List("spec.rules").Single().Word("host");
        overlay.Of("ConfigMap")[0].Word("data.Webhooks__PublicUrl").ShouldBe($"https://{host}");
        overlay.Of("Ingress").ShouldAllBe(ingress => ingress.List("spec.tls").Single().Words("hosts").Single() == ingress.List("spec.rules").Single().Word("host"));
    }

    [Theory, MemberData(nameof(Overlays))]
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

    [Theory, MemberData(nameof(Overlays))]
    public void hold_no_secret(Overlay overlay)
    {
        overlay.Of("Secret").ShouldBeEmpty();
        overlay.Workloads.SelectMany(workload => Container(workload).List("env")).ShouldAllBe(setting => setting.ContainsKey("valueFrom"));
        overlay.Of("ConfigMap").SelectMany(map => map["data"]!.AsObject())
            .ShouldAllBe(setting => !setting.Key.Contains("Key") && !setting.Key.Contains("Secret") && !setting.Value!.ToString().Contains("Password"));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void give_every_host_settings_that_it_would_start_with(Overlay overlay)
    {
        foreach (var host in Host.All)
        {
            var settings = overlay.Of("ConfigMap")[0]["data"]!.AsObject().ToDictionary(setting => setting.Key, setting => setting.Value!.ToString());
            foreach (var name in Container(overlay.The("Deployment", host.Name)).List("env").Select(setting => setting.Word("name")!))
                settings[name] = name == "ConnectionStrings__RabbitMq" ? "amqps://user:password@rabbitmq.example.com/podcast" : "from-a-secret-of-yours";

            host.Objections(settings).ShouldBeEmpty(host.Name);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void scale_a_host_by_all_of_its_queues(Overlay overlay)
    {
        foreach (var host in Host.All.Where(host => host.Queues.Count > 0))
        {
            var scaling = overlay.The("ScaledObject", host.Name);
            scaling.Word("spec.scaleTargetRef.name").ShouldBe(host.Name);
            scaling.List("spec.triggers").Select(trigger => trigger.Word("metadata.queueName")!).ShouldBe(host.Queues, ignoreOrder: true);
            scaling.List("spec.triggers").ShouldAllBe(trigger =>
                trigger.Word("authenticationRef.name") == overlay.Of("TriggerAuthentication").Single().Word("metadata.name"));
            overlay.The("Deployment", host.Name).At("spec.replicas").ShouldBeNull($"{host}: two would set the number of pods");

            var (least, most) = (double.Parse(scaling.Word("spec.minReplicaCount")!), double.Parse(scaling.Word("spec.maxReplicaCount")!));
            least.ShouldBeInRange(1, most, "nobody would work off a webhook's message at once");
            scaling.Word("spec.fallback.replicas").ShouldBe(scaling.Word("spec.minReplicaCount"));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void work_the_backlog_off_every_night(Overlay overlay)
    {
        var nightly = overlay.Of("CronJob").ShouldHaveSingleItem();

        nightly.Word("spec.schedule").ShouldBe("0 2 * * *");
        nightly.Word("spec.concurrencyPolicy").ShouldBe("Forbid");
        int.Parse(nightly.Word("spec.successfulJobsHistoryLimit")!).ShouldBeGreaterThan(0, "the log goes with the pod");
        int.Parse(nightly.Word("spec.failedJobsHistoryLimit")!).ShouldBeGreaterThan(0, "the log goes with the pod");
        nightly.At("spec.jobTemplate.spec.ttlSecondsAfterFinished").ShouldBeNull("the log goes with the pod");
        var job = overlay.Workloads.Single(workload => workload.Word("metadata.name") == "batch");
        Container(job).Words("args").Take(3).ShouldBe(["run", "--batch-size=25", "--delay=3"]);
        job.Word("spec.template.spec.restartPolicy").ShouldBe("Never", "a run that ends badly has said why");
    }

    private static JsonObject Container(JsonObject workload) => workload.List("spec.template.spec.containers").ShouldHaveSingleItem();

    private static bool Selects(JsonNode? labels, JsonObject workload) => labels is JsonObject wanted && wanted.Count > 0
        && wanted.All(label => workload.At("spec.template.metadata.labels")?[label.Key]?.ToString() == label.Value!.ToString());

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
