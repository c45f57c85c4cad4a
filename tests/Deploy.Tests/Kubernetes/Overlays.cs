namespace Podcast.Deploy.Tests.Kubernetes;

/// <summary>All environments, for theories.</summary>
public sealed class Overlays : TheoryData<Overlay>
{
    public Overlays()
    {
        foreach (var folder in Directory.GetDirectories(Repository.File("deploy", "kubernetes", "overlays")))
            Add(new Overlay(Path.GetFileName(folder)));
    }
}
