namespace Podcast.Deploy.Tests;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    private static readonly string root = Root(new DirectoryInfo(AppContext.BaseDirectory));

    public static string File(params string[] path) => Path.Combine([root, .. path]);

    public static string Text(params string[] path) => System.IO.File.ReadAllText(File(path));

    private static string Root(DirectoryInfo? directory) =>
        directory is null ? throw new DirectoryNotFoundException("These tests run inside the repository.")
        : System.IO.File.Exists(Path.Combine(directory.FullName, "Podcast.sln")) ? directory.FullName
        : Root(directory.Parent);
}
