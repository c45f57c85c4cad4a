namespace Podcast.FaultRunner.Runs;

/// <summary>The directory of a run's files. A temporary one is deleted at the end, unless it is marked to be kept.</summary>
internal sealed class RunDirectory : IDisposable
{
    private readonly bool isTemporary;
    private readonly string root;
    private bool isKept;

    /// <param name="given">The path; null: a temporary directory.</param>
    /// <exception cref="InvalidOperationException">It holds the data of another run, which the checker would take for this one's.</exception>
    public RunDirectory(string? given)
    {
        isTemporary = given is null;
        root = given is null ? Directory.CreateTempSubdirectory("podcast-faults-").FullName : Path.GetFullPath(given);
        if (Directory.Exists(Data))
            throw new InvalidOperationException($"{root} holds the data of another run: name an empty directory.");
        Directory.CreateDirectory(Logs);
        Directory.CreateDirectory(Data);
    }

    public string Logs => Path.Combine(root, "logs");

    public string Data => Path.Combine(root, "data");

    /// <summary>The path, if the directory is kept; else null.</summary>
    public string? Kept => isKept || !isTemporary ? root : null;

    public void Keep(bool isWanted) => isKept |= isWanted;

    public void Dispose()
    {
        if (Kept is null)
            Directory.Delete(root, recursive: true);
    }
}
