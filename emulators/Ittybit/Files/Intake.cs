using System.Buffers;
using Microsoft.Extensions.Options;
using Podcast.Emulators.Ittybit.State;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>Streams a body to disk, up to the limit, with the memory of one buffer.</summary>
internal sealed class Intake(EmulatorDirectory directory, IOptions<IttybitEmulatorOptions> options)
{
    /// <summary>The work file with the content; null when it is too big. Nothing is left behind when reading fails.</summary>
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

    /// <summary>How many bytes came: at most one buffer more than <paramref name="limit"/>.</summary>
    public static async Task<long> Copy(Stream from, Stream to, long limit, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            long total = 0;
            int read;
            while (total <= limit && (read = await from.ReadAsync(buffer, cancellationToken)) > 0)
            {
                total += read;
                if (total <= limit)
                    await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
