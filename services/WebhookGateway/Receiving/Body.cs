namespace Podcast.WebhookGateway.Receiving;

/// <summary>The raw bytes of a delivery, or why they could not be read.</summary>
internal readonly record struct Body(ReadOnlyMemory<byte> Bytes, Rejection? Rejection = null)
{
    private const int FirstBytes = 16 * 1024;

    /// <summary>
    /// Reads at most <paramref name="most"/> bytes. The buffer grows with the bytes received, not with the announced length.
    /// </summary>
    public static async Task<Body> Read(HttpRequest request, int most, CancellationToken deadline)
    {
        if (request.ContentLength > most)
            return new(default, Rejection.TooLarge);

        var buffer = new byte[Math.Min(FirstBytes, most + 1)];
        var length = 0;
        try
        {
            while (true)
            {
                var read = await request.Body.ReadAsync(buffer.AsMemory(length), deadline);
                if (read == 0)
                    return new(buffer.AsMemory(0, length));

                length += read;
                if (length > most)
                    return new(default, Rejection.TooLarge);
                if (length == buffer.Length)
                    Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, most + 1L));
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new(default, Rejection.TooSlow);
        }
        catch (BadHttpRequestException broken)
        {
            return new(default, broken.StatusCode switch
            {
                StatusCodes.Status408RequestTimeout => Rejection.TooSlow,
                StatusCodes.Status413PayloadTooLarge => Rejection.TooLarge,
                _ => Rejection.CutShort,
            });
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return new(default, Rejection.CutShort);
        }
    }
}
