namespace Podcast.Emulators.Ittybit.State;

/// <summary>The files of the emulator on disk. File names are generated and never contain a caller's input.</summary>
internal sealed class EmulatorDirectory
{
    private readonly string root;

    public EmulatorDirectory(IOptions<IttybitEmulatorOptions> options)
    {
        root = Path.GetFullPath(options.Value.Directory);
        foreach (var name in new[] { "blobs", "uploads", "work" })
            Directory.CreateDirectory(Path.Combine(root, name));
    }

    public string StateFile => Path.Combine(root, "state.db");

    /// <summary>The content of a stored file.</summary>
    public string Blob(string name) => Path.Combine(root, "blobs", name);

    /// <summary>The content of an incomplete upload in ranges.</summary>
    public string Upload(string name) => Path.Combine(root, "uploads", name);

    /// <summary>A new temporary file. After a crash, <see cref="ForgetUnfinishedWork"/> deletes it.</summary>
    public string NewWorkFile(string extension = "") => Path.Combine(root, "work", Guid.NewGuid().ToString("N") + extension);

    public void ForgetUnfinishedWork()
    {
        foreach (var leftover in Directory.EnumerateFiles(Path.Combine(root, "work")))
            File.Delete(leftover);
    }
}
