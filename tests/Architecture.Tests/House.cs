using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Podcast.Architecture.Tests;

/// <summary>The repository as files.</summary>
internal static class House
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Services { get; } = Directory.GetDirectories(Path.Combine(Root, "services"))
        .Select(directory => Path.GetFileName(directory)!)
        .Where(name => File.Exists(Project(name)))
        .Order(StringComparer.Ordinal)
        .ToList();

    /// <summary>Names of the projects that a service's project file refers to; the stand-ins behind a <c>Uses…</c> switch are packages, not ours.</summary>
    public static IReadOnlyList<string> References(string projectFile) => XDocument.Load(projectFile).Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
        .ToList();

    public static string Project(string service) => Path.Combine(Root, "services", service, service + ".csproj");

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var directory = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (!File.Exists(Path.Combine(directory.FullName, "Podcast.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException("Podcast.sln is nowhere above " + here);
        return directory.FullName;
    }
}
