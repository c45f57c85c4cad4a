namespace Podcast.Emulators.YouTube.Uploads;

/// <summary>The media of uploads, in files that are named by the session.</summary>
internal sealed class UploadFiles(IOptions<YouTubeEmulatorOptions> options)
{
    private readonly string root = Directory.CreateDirectory(Path.Combine(options.Value.Directory, "uploads")).FullName;

    public string PathOf(string uploadId) => Path.Combine(root, uploadId);

    public void Delete(string uploadId) => File.Delete(PathOf(uploadId));

    /// <summary>Reads the file once.</summary>
    public async Task<StoredContent> Describe(UploadSession session, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(PathOf(session.Id), FileMode.OpenOrCreate, FileAccess.Read);
        var hash = await SHA256.HashDataAsync(file, cancellationToken);
        return new StoredContent(session.Id, session.Request.ContentType, session.Stored, Convert.ToHexStringLower(hash));
    }

    /// <summary>
    /// Reads a body to its end, and appends its bytes after the first <paramref name="skip"/>, but at most <paramref name="limit"/>,
    /// to the <paramref name="stored"/> bytes of the file. If the connection breaks, what has arrived is kept in units of 256 KiB.
    /// </summary>
    public async Task<Appended> Append(
        string uploadId, long stored, Stream body, long skip, long limit, CancellationToken cancellationToken)
    {
        // Without a buffer: what was read is in the file, also if the emulator is killed while it waits for more.
        await using var file = new FileStream(PathOf(uploadId), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.SetLength(stored); // what a killed process wrote after the last stored byte is cut off
        file.Position = stored;
        var buffer = new byte[64 * 1024];
        long sent = 0, written = 0;
        try
        {
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                var start = (int)Math.Clamp(skip - sent, 0, read);
                var count = (int)Math.Min(read - start, limit - written);
                await file.WriteAsync(buffer.AsMemory(start, count), CancellationToken.None);
                (sent, written) = (sent + read, written + count);
            }

            return new Appended(sent, written, IsBroken: false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            written -= written % UploadRange.Unit;
            file.SetLength(stored + written);
            return new Appended(sent, written, IsBroken: true);
        }
    }
}

/// <param name="Sent">The number of bytes that were read.</param>
/// <param name="Written">The number of bytes that were appended.</param>
/// <param name="IsBroken">Whether the body ended too early.</param>
internal sealed record Appended(long Sent, long Written, bool IsBroken);
