namespace Podcast.Standalone;

/// <summary>
/// Locks the data directory for one running Standalone: two processes on the same files would process each other's work.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream claim;

    private DataDirectory(FileStream claim) => this.claim = claim;

    /// <exception cref="IOException">Another process uses the directory, or it cannot be written; the message says
    /// which.</exception>
    public static DataDirectory Claim(DirectoryInfo directory)
    {
        try
        {
            directory.Create();
            var path = Path.Combine(directory.FullName, ".claim");
            return new DataDirectory(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"{directory} cannot be written: {denied.Message}", denied);
        }
        catch (IOException taken) when (directory.Exists)
        {
            throw new IOException($"Another podcast process is using {directory}; stop it, or give another directory with --data.", taken);
        }
    }

    public void Dispose() => claim.Dispose();
}
