namespace Podcast.Standalone;

/// <summary>
/// Locks the data directory for one running Standalone: two processes on the same files would process each other's work.
/// </summary>
internal static class DataDirectory
{
    // How the systems say that somebody else has locked the file: EWOULDBLOCK, and ERROR_SHARING_VIOLATION of Windows.
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>Claims the directory until the stream is disposed or the process ends.</summary>
    /// <exception cref="IOException">Another process uses the directory, or it cannot be written; the message says
    /// which.</exception>
    public static FileStream Claim(DirectoryInfo directory)
    {
        try
        {
            directory.Create();
            return new FileStream(Path.Combine(directory.FullName, ".claim"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"{directory} cannot be written: {denied.Message}", denied);
        }
        catch (IOException taken) when (taken.HResult is WouldBlock or WouldBlockOnMac or SharingViolation)
        {
            throw new IOException($"Another podcast process is using {directory}; stop it, or give another directory with --data.", taken);
        }
        catch (IOException trouble)
        {
            throw new IOException($"{directory} cannot be used: {trouble.Message}", trouble);
        }
    }
}
