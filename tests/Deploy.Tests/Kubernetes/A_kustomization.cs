namespace Podcast.Deploy.Tests.Kubernetes;

/// <summary>The renderer itself, on a small tree.</summary>
public class A_kustomization : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("podcast-").FullName;

    [Fact]
    public void merges_a_patch_by_name_and_leaves_the_rest()
    {
        Write("kustomization.yaml", """
            resources: [base]
            patches: [{ path: patch.yaml, target: { kind: Deployment|Job } }]
            """);
        Write("base/kustomization.yaml", "resources: [one.yaml]");
        Write("base/one.yaml", """
            kind: Deployment
            metadata: { name: one }
            spec: { template: { spec: { containers: [{ name: a, image: i:1, env: [{ name: X, value: "1" }] }, { name: b }] } } }
            """);
        Write("patch.yaml", """
            spec: { template: { spec: { containers: [{ name: a, args: [go], env: [{ name: X, value: "2" }, { name: Y, value: "3" }] }] } } }
            """);

        Kustomization.Render(root).ShouldHaveSingleItem()["spec"]!["template"]!["spec"]!.ToJsonString().ShouldBe(
            """{"containers":[{"name":"a","image":"i:1","env":[{"name":"X","value":"2"},{"name":"Y","value":"3"}],"args":["go"]},{"name":"b"}]}""");
    }

    [Fact]
    public void applies_a_component_to_what_names_it()
    {
        Write("kustomization.yaml", """
            resources: [one.yaml]
            components: [settings]
            """);
        Write("one.yaml", """
            kind: Job
            metadata: { name: one }
            spec: { template: { spec: { containers: [{ name: a, image: podcast/a:x }] } } }
            """);
        Write("settings/kustomization.yaml", """
            namespace: home
            images: [{ name: podcast/a, newName: elsewhere/a, newTag: "2.0" }]
            configMapGenerator: [{ name: settings, literals: [A=b=c] }]
            """);

        var objects = Kustomization.Render(root);
        objects.Select(o => o.Word("metadata.namespace")).ShouldBe(["home", "home"]);
        objects[0].List("spec.template.spec.containers").Single().Word("image").ShouldBe("elsewhere/a:2.0");
        objects[1].Word("data.A").ShouldBe("b=c");
    }

    [Fact]
    public void unknown_kustomization_field_is_refused()
    {
        Write("kustomization.yaml", "namePrefix: my-");

        Should.Throw<ShouldAssertException>(() => Kustomization.Render(root)).Message.ShouldContain("namePrefix");
    }

    [Theory]
    [InlineData("{ kind: Service, apiVersion: v1, spec: { ports: [{ port: http }] } }", "spec.ports[0].port")]
    [InlineData("{ kind: Service, apiVersion: v1, spec: { port: 80 } }", "there is no field port")]
    [InlineData("{ kind: Service, spec: {} }", "apiVersion is missing")]
    [InlineData("{ kind: Deployment, apiVersion: v1, spec: { selector: {}, template: { spec: { containers: [{ name: a, env: [{ name: A, value: 8080 }] }] } } } }", "env[0].value: a string")]
    public void manifest_field_that_kubernetes_would_refuse_is_reported(string manifest, string objection) =>
        Shapes.Objections(Yaml.Document(manifest)).ShouldContain(line => line.Contains(objection));

    public void Dispose()
    {
        Directory.Delete(root, recursive: true);
        GC.SuppressFinalize(this);
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, file))!);
        File.WriteAllText(Path.Combine(root, file), text);
    }
}
