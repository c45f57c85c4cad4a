using Podcast.Emulators.Ittybit.MediaWork.Real;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.YouTube.Support;

/// <summary>
/// Google's client for Node, by the lock file in <c>YouTube/Node</c>. It says that it wants Node 22; it works with 20 as well, which Debian has.
/// </summary>
internal static class NodeClient
{
    private const string Package = "@googleapis/youtube@39.0.0";

    private static readonly Dictionary<string, string> environment = new() { ["npm_config_update_notifier"] = "false" };

    /// <summary>Why it cannot be used here; null if it can.</summary>
    public static Lazy<string?> Obstacle { get; } = new(Look);

    private static string Scripts => Path.Combine(AppContext.BaseDirectory, "YouTube", "Node");

    /// <summary>Installs it in the directory, and runs <c>calls.js</c>.</summary>
    /// <returns>What the script printed.</returns>
    /// <exception cref="InvalidOperationException">The installation or the script failed; the message contains the output.</exception>
    public static async Task<string> Run(TemporaryDirectory directory, params string[] arguments)
    {
        foreach (var file in Directory.EnumerateFiles(Scripts))
            File.Copy(file, directory[Path.GetFileName(file)]);
        await ChildProcess.Run(
            TimeSpan.FromMinutes(5), environment, "npm", "ci", "--prefix", directory.Path, "--ignore-scripts", "--no-audit", "--no-fund");
        return await ChildProcess.Run(TimeSpan.FromMinutes(2), environment, ["node", directory["calls.js"], .. arguments]);
    }

    private static string? Look()
    {
        if (new[] { "node", "npm" }.Where(program => Tool.Find(program) is null).ToList() is { Count: > 0 } missing)
            return $"Not on the PATH: {string.Join(", ", missing)} (Debian: apt-get install nodejs npm)";
        try
        {
            ChildProcess.Run(
                TimeSpan.FromMinutes(1), environment, "npm", "view", Package, "version", "--fetch-retries=0", "--fetch-timeout=20000")
                .GetAwaiter().GetResult();
            return null;
        }
        catch (InvalidOperationException)
        {
            return $"npm's registry does not answer, or does not have {Package}.";
        }
    }
}

/// <summary>A test that is reported as skipped, with the reason, where Google's client for Node cannot be installed.</summary>
internal sealed class NodeClientFactAttribute : FactAttribute
{
    public NodeClientFactAttribute() => Skip = NodeClient.Obstacle.Value;
}
