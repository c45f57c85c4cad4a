namespace Podcast.FaultRunner.Runs;

/// <summary>Where a run keeps its files. A temporary one goes when it is over, unless somebody will want to look into it.</summary>
internal sealed class RunDirectory : IDisposable
{
    private readonly bool isTemporary;
    private readonly string root;
    private bool isKept;

    /// <param name="given">Null: a temporary one.</param>
    public RunDirectory(string? given)
    {
        isTemporary = given is null;
        root = given is null ? Directory.CreateTempSubdirectory("podcast-faults-").FullName : Path.GetFullPath(given);
        Directory.CreateDirectory(Logs);
        Directory.CreateDirectory(Data);
    }

    public string Logs => Path.Combine(root, "logs");

    public string Data => Path.Combine(root, "data");

    /// <summary>Where it stays; null when it goes.</summary>
    public string? Kept => isKept || !isTemporary ? root : null;

    public void Keep(bool isWanted) => isKept |= isWanted;

    public void Dispose()
    {
        if (Kept is null)
            Directory.Delete(root, recursive: true);
    }
}
