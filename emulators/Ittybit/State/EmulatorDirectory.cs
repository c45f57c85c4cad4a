namespace Podcast.Emulators.Ittybit.State;

/// <summary>The files of the emulator on disk. File names are generated and never contain a caller's input.</summary>
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

    /// <summary>The content of a stored file.</summary>
    public string Blob(string name) => Path.Combine(Blobs, name);

    /// <summary>The content of an incomplete upload in ranges.</summary>
    public string Upload(string name) => Path.Combine(Uploads, name);

    /// <summary>A new temporary file. After a crash, <see cref="ForgetUnfinishedWork"/> deletes it.</summary>
    public string NewWorkFile(string extension = "") => Path.Combine(Work, Guid.NewGuid().ToString("N") + extension);

    /// <summary>Deletes the temporary files that a crash left behind.</summary>
    public void ForgetUnfinishedWork()
    {
        foreach (var leftover in Directory.EnumerateFiles(Work))
            File.Delete(leftover);
    }
}
