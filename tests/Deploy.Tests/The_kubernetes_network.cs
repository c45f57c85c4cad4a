using Podcast.Deploy.Tests.Kubernetes;
using static Podcast.Deploy.Tests.Kubernetes.Pods;

namespace Podcast.Deploy.Tests;

/// <summary>Who talks to whom in deploy/kubernetes.</summary>
public class The_kubernetes_network
{
    [Theory, ClassData(typeof(Overlays))]
    public void let_every_pod_talk_only_to_whom_it_must(Overlay overlay)
    {
        foreach (var workload in overlay.Workloads)
        {
            var policy = overlay.Of("NetworkPolicy").Single(p =>
                p.At("spec.podSelector.matchLabels") is { } labels && Selects(labels, workload));
            policy.Words("spec.policyTypes").ShouldBe(["Ingress", "Egress"]);
            policy.List("spec.egress").ShouldAllBe(rule => rule.List("ports").Any(), "a rule without ports allows everything");
            if (workload.Word("metadata.name") is not ("batch" or "console")) // neither is on the bus
                policy.List("spec.egress").SelectMany(rule => rule.List("ports")).ShouldContain(port => port.Word("port") == "5672");
            policy.List("spec.ingress").SelectMany(rule => rule.List("ports")).ShouldAllBe(port => port.Word("port") == "8080");
        }

        overlay.The("NetworkPolicy", "default-deny").At("spec.podSelector")!.AsObject().ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(Overlays))]
    public void let_the_console_talk_to_the_api_and_to_nothing_else_inside(Overlay overlay)
    {
        var inside = overlay.The("NetworkPolicy", "console").List("spec.egress").SelectMany(rule => rule.List("to"))
            .Select(to => to.Word("podSelector.matchLabels")).OfType<string>().ToList();
        inside.ShouldHaveSingleItem().ShouldContain("ingest-api");

        var service = overlay.The("Service", "ingest-api");
        overlay.Of("ConfigMap")[0].Word("data.Console__ApiAddress").ShouldBe($"http://{service.Word("metadata.name")}");
        service.List("spec.ports").ShouldContain(port => port.Word("port") == "80");
        overlay.The("NetworkPolicy", "ingest-api").List("spec.ingress").SelectMany(rule => rule.List("from"))
            .ShouldContain(from => Selects(from.At("podSelector.matchLabels"), overlay.The("Deployment", "console")));
    }

    [Theory, ClassData(typeof(Overlays))]
    public void let_the_api_ask_whoever_has_an_outbox(Overlay overlay)
    {
        foreach (var host in Hosts.Host.All.Where(host => host.Name != "ingest-api" && host.Outboxes.Count > 0))
        {
            overlay.Of("ConfigMap")[0].Word($"data.OutboxDesks__Others__{host.Outboxes[0]}").ShouldBe($"http://{host.Name}");
            overlay.The("Service", host.Name).List("spec.ports").ShouldContain(port => port.Word("port") == "80");
            overlay.The("NetworkPolicy", host.Name).List("spec.ingress").SelectMany(rule => rule.List("from"))
                .ShouldContain(from => Selects(from.At("podSelector.matchLabels"), overlay.The("Deployment", "ingest-api")));
            overlay.The("NetworkPolicy", "ingest-api").List("spec.egress").SelectMany(rule => rule.List("to"))
                .ShouldContain(to => Yaml.Objects(to).Any(match => match.Words("values").Contains(host.Name)));
        }
    }

    [Theory, ClassData(typeof(Overlays))]
    public void lead_from_the_outside_to_the_hosts_that_answer_it(Overlay overlay)
    {
        var backends = overlay.Of("Ingress").SelectMany(Yaml.Objects).Where(o => o.ContainsKey("service"))
            .Select(backend => (Service: backend.Word("service.name"), Port: backend.Word("service.port.name"))).Distinct().ToList();
        backends.Select(backend => backend.Service).ShouldBe(["console", "ingest-api", "webhook-gateway"], ignoreOrder: true);

        foreach (var (name, port) in backends)
        {
            var served = overlay.The("Service", name!).List("spec.ports").Single(p => p.Word("name") == port);
            Container(overlay.The("Deployment", name!)).List("ports").ShouldContain(p => p.Word("name") == served.Word("targetPort"));
        }

        var host = overlay.The("Ingress", "webhook-gateway").List("spec.rules").Single().Word("host");
        overlay.Of("ConfigMap")[0].Word("data.Webhooks__PublicUrl").ShouldBe($"https://{host}");
        overlay.Of("Ingress").ShouldAllBe(ingress => ingress.List("spec.tls").Single().Words("hosts").Single() == ingress.List("spec.rules").Single().Word("host"));
    }
}
