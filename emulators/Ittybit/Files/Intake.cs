using System.Buffers;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>Streams a body to disk up to the size limit, using one buffer of memory.</summary>
internal sealed class Intake(EmulatorDirectory directory, IOptions<IttybitEmulatorOptions> options)
{
    /// <summary>
    /// Writes the body to a work file and returns its path; null if the body is too big. If reading fails, the file is deleted.
    /// </summary>
    public async Task<string?> Receive(Stream body, CancellationToken cancellationToken)
    {
        var path = directory.NewWorkFile();
        var whole = false;
        try
        {
            await using var file = File.Create(path);
            whole = await Copy(body, file, options.Value.MaxUploadBytes, cancellationToken) <= options.Value.MaxUploadBytes;
        }
        finally
        {
            if (!whole)
                File.Delete(path);
        }

        return whole ? path : null;
    }

    /// <summary>
    /// Copies up to <paramref name="limit"/> bytes. Returns the number of bytes read, at most one buffer more than the limit.
    /// </summary>
    public static async Task<long> Copy(Stream from, Stream to, long limit, CancellationToken cancellationToken)
    {
        using var memory = MemoryPool<byte>.Shared.Rent(64 * 1024);
        long total = 0;
        int read;
        while (total <= limit && (read = await from.ReadAsync(memory.Memory, cancellationToken)) > 0)
        {
            total += read;
            if (total <= limit)
                await to.WriteAsync(memory.Memory[..read], cancellationToken);
        }

        return total;
    }
}
