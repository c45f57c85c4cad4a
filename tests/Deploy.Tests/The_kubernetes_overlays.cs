using Podcast.Deploy.Tests.Hosts;
using Podcast.Deploy.Tests.Kubernetes;
using static Podcast.Deploy.Tests.Kubernetes.Pods;

namespace Podcast.Deploy.Tests;

/// <summary>deploy/kubernetes, rendered as the cluster gets it.</summary>
public class The_kubernetes_overlays
{
    [Theory, ClassData(typeof(Overlays))]
    public void have_only_fields_that_kubernetes_knows(Overlay overlay) =>
        overlay.Objects.SelectMany(Shapes.Objections).ShouldBeEmpty();

    [Theory, ClassData(typeof(Overlays))]
    public void name_each_object_once_and_put_it_into_one_namespace(Overlay overlay)
    {
        var names = overlay.Objects.Where(thing => thing.Word("kind") != "ConfigMap") // the same one, for the step and for the hosts
            .Select(thing => $"{thing.Word("kind")} {thing.Word("metadata.name")}").ToList();
        names.Distinct().Count().ShouldBe(names.Count);

        var home = overlay.Of("Namespace").ShouldHaveSingleItem().Word("metadata.name");
        foreach (var thing in overlay.Objects.Where(thing => thing.Word("kind") != "Namespace"))
            thing.Word("metadata.namespace").ShouldBe(home, thing.Word("metadata.name"));
    }

    [Theory, ClassData(typeof(Overlays))]
    public void run_every_host_on_the_bus_and_the_console(Overlay overlay) => overlay.Of("Deployment")
        .Select(deployment => deployment.Word("metadata.name")).ShouldBe(Host.All.Select(host => host.Name).Append("console"), ignoreOrder: true);

    [Theory, ClassData(typeof(Overlays))]
    public void make_tables_and_queues_of_every_host_that_has_some(Overlay overlay)
    {
        overlay.Of("Job").Select(job => job.Word("metadata.name")).ShouldBe(
            Host.All.Where(host => host.Queues.Count > 0).Select(host => $"migrate-{host.Name}"), ignoreOrder: true);

        foreach (var job in overlay.Of("Job"))
            Container(job).Words("args").ShouldBe(["migrate"]);
    }

    [Theory, ClassData(typeof(Overlays))]
    public void run_the_same_release_everywhere_and_say_which(Overlay overlay)
    {
        var tags = overlay.Workloads.Select(workload => Container(workload).Word("image")!.Split(':')).ToList();

        tags.ShouldAllBe(image => image.Length == 2);
        var tag = tags.Select(image => image[1]).Distinct().ShouldHaveSingleItem();
        tag.ShouldMatch(@"^[0-9]+\.[0-9]+\.[0-9]+");
        foreach (var workload in overlay.Workloads)
            Container(workload).Word("image")!.ShouldContain($"/{workload.Word("metadata.name")!.Replace("migrate-", "")}:");
    }

    [Theory, ClassData(typeof(Overlays))]
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

    [Theory, ClassData(typeof(Overlays))]
    public void let_callers_reach_every_route_of_a_host(Overlay overlay)
    {
        foreach (var host in Host.All.Where(host => host.Routes.Count > 0))
        {
            var open = overlay.Of("Ingress").SelectMany(ingress => ingress.List("spec.rules")).SelectMany(rule => rule.List("http.paths"))
                .Where(path => path.Word("backend.service.name") == host.Name).ToList();

            open.Select(path => path.Word("path")).ShouldBe(host.Routes, ignoreOrder: true, host.Name);
            open.ShouldAllBe(path => path.Word("pathType") == "Prefix");
        }
    }

    [Theory, ClassData(typeof(Overlays))]
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
}
