namespace Podcast.Testing;

/// <summary>A temporary directory. Disposing deletes it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("podcast-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>
    /// Tries again while files appear in it: <c>SqliteConnection.ClearAllPools</c> of another test may still be closing connections to
    /// a database here.
    /// </summary>
    public void Dispose()
    {
        if (!SpinWait.SpinUntil(IsDeleted, TimeSpan.FromSeconds(10)))
            Directory.Delete(Path, recursive: true);
    }

    private bool IsDeleted()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return !Directory.Exists(Path);
        }
    }
}
