using Podcast.Deploy.Tests.Hosts;
using Podcast.Deploy.Tests.Kubernetes;
using static Podcast.Deploy.Tests.Kubernetes.Pods;

namespace Podcast.Deploy.Tests;

/// <summary>How deploy/kubernetes runs a host: with what rights, within what limits, from its start to its end.</summary>
public class The_kubernetes_pods
{
    [Theory, ClassData(typeof(Overlays))]
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

    [Theory, ClassData(typeof(Overlays))]
    public void limit_what_a_pod_takes(Overlay overlay)
    {
        foreach (var part in from workload in overlay.Workloads
                             from side in new[] { "requests", "limits" }
                             from what in new[] { "cpu", "memory" }
                             select (Workload: workload, Path: $"resources.{side}.{what}"))
            Container(part.Workload).At(part.Path).ShouldNotBeNull($"{part.Workload.Word("metadata.name")}: {part.Path}");
    }

    [Theory, ClassData(typeof(Overlays))]
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

    [Theory, ClassData(typeof(Overlays))]
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

    [Theory, ClassData(typeof(Overlays))]
    public void keep_all_but_one_pod_of_a_host_through_a_drained_node(Overlay overlay)
    {
        foreach (var deployment in overlay.Of("Deployment"))
        {
            var budget = overlay.Of("PodDisruptionBudget").Single(b => Selects(b.At("spec.selector.matchLabels"), deployment));
            budget.Word("spec.maxUnavailable").ShouldBe("1");
        }
    }
}
