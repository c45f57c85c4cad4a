using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Podcast.Architecture.Tests;

/// <summary>The repository as files.</summary>
internal static class House
{
    public static string Root { get; } = FindRoot();

    /// <summary>The rooms: each project that is not a test's, by its name, with its folder.</summary>
    public static IReadOnlyDictionary<string, string> Rooms { get; } = new[] { "services", "libraries", "apps", "emulators", "tools" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories))
        .ToDictionary(project => Path.GetFileNameWithoutExtension(project), project => Path.GetDirectoryName(project)!, StringComparer.Ordinal);

    /// <summary>The C# files of all rooms but the tools, from the root.</summary>
    public static IEnumerable<string> Sources => Rooms.Values
        .Where(room => !room.Contains("/tools/", StringComparison.Ordinal))
        .SelectMany(room => Directory.EnumerateFiles(room, "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Root, file));

    /// <summary>Names of the projects that a room's project file refers to; the stand-ins behind a <c>Uses…</c> switch are packages, not ours.</summary>
    public static IReadOnlyList<string> References(string room) => XDocument.Load(Path.Combine(Rooms[room], room + ".csproj")).Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
        .ToList();

    /// <param name="file">From the root.</param>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var directory = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (!File.Exists(Path.Combine(directory.FullName, "Podcast.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException("Podcast.sln is nowhere above " + here);
        return directory.FullName;
    }
}
