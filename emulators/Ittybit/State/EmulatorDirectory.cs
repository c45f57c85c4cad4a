using Microsoft.Extensions.Options;

namespace Podcast.Emulators.Ittybit.State;

/// <summary>Where everything lies on disk. Names of files are ours, never a caller's.</summary>
internal sealed class EmulatorDirectory
{
    private readonly string root;

    public EmulatorDirectory(IOptions<IttybitEmulatorOptions> options)
    {
        root = Path.GetFullPath(options.Value.Directory);
        foreach (var directory in new[] { Blobs, Uploads, Work })
            Directory.CreateDirectory(directory);
    }

    public string StateFile => Path.Combine(root, "state.db");

    private string Blobs => Path.Combine(root, "blobs");

    private string Uploads => Path.Combine(root, "uploads");

    private string Work => Path.Combine(root, "work");

    /// <summary>A file that is served.</summary>
    public string Blob(string name) => Path.Combine(Blobs, name);

    /// <summary>An upload that comes in ranges and is not complete yet.</summary>
    public string Upload(string name) => Path.Combine(Uploads, name);

    /// <summary>A file that nobody else has seen and that a crash may leave behind.</summary>
    public string NewWorkFile(string extension = "") => Path.Combine(Work, Guid.NewGuid().ToString("N") + extension);

    /// <summary>Removes what a crash left half made.</summary>
    public void ForgetUnfinishedWork()
    {
        foreach (var leftover in Directory.EnumerateFiles(Work))
            File.Delete(leftover);
    }
}
