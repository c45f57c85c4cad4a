using System.Net;
using System.Net.Http.Headers;
using Podcast.Hosting;

namespace Podcast.Media;

/// <summary>
/// Downloads outputs from the addresses that Ittybit reports, with limits for size and time, and never from private networks.
/// </summary>
public sealed class OutputDownload(IHttpClientFactory clients, TimeProvider clock)
{
    /// <summary>The name of the HTTP client for outputs.</summary>
    public const string Client = "outputs";

    // Enough to find an MP3's first frame after some padding.
    private const int HeadBytes = 16 * 1024;

    // The longest media signatures; fewer bytes of a longer file are inconclusive.
    private const int EnoughBytes = 12;

    /// <summary>Downloads a complete text file, whatever its content type.</summary>
    /// <param name="what">The name of the output in error messages: <c>transcript</c>, <c>chapters</c>.</param>
    /// <exception cref="OutputException">It cannot be downloaded.</exception>
    public Task<byte[]> Fetch(string what, Uri address, int maxBytes, TimeSpan timeout, CancellationToken cancellationToken) =>
        Ask(what, address, timeout, range: null, cancellationToken: cancellationToken, read: async (response, token) =>
        {
            var codings = response.Content.Headers.ContentEncoding;
            if (response.Content.Headers.ContentLength > maxBytes)
                throw TooLarge(what, maxBytes);

            var content = ContentCodings.Undo(await Read(response.Content, maxBytes + 1, token), codings, maxBytes, isWhole: true);
            return content.Length <= maxBytes ? content : throw TooLarge(what, maxBytes);
        });

    /// <summary>
    /// Reads the first bytes of a file. If the server does not support ranges, the download stops after as many bytes.
    /// </summary>
    /// <exception cref="OutputException">There is no file, or it cannot be downloaded now.</exception>
    public Task<ServedOutput> Look(string what, Uri address, TimeSpan timeout, CancellationToken cancellationToken) =>
        Ask(what, address, timeout, new RangeHeaderValue(0, HeadBytes - 1), cancellationToken: cancellationToken, read: async (response, token) =>
        {
            var (status, headers) = (response.StatusCode, response.Content.Headers);
            if (status == HttpStatusCode.RequestedRangeNotSatisfiable)
                return new ServedOutput(headers.ContentRange?.Length ?? 0, null, null);

            var head = await Read(response.Content, HeadBytes, token);
            var size = status == HttpStatusCode.PartialContent ? headers.ContentRange?.Length : headers.ContentLength;
            if (head.Length == 0 || (size is null && status != HttpStatusCode.PartialContent && head.Length < HeadBytes))
                size = head.Length;

            var decoded = ContentCodings.Undo(head, headers.ContentEncoding, HeadBytes, isWhole: false);
            return new ServedOutput(
                decoded == head || size == 0 ? size : null, // the size of encoded content is not the file's
                headers.ContentType?.MediaType,
                headers.ContentRange?.From is > 0 || (head.Length < EnoughBytes && !(size <= head.Length)) ? null : ContentSniffer.Sniff(decoded));
        });

    private async Task<T> Ask<T>(
        string what,
        Uri address,
        TimeSpan timeout,
        RangeHeaderValue? range,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            throw new OutputException($"The address of the {what} is not one of the web.", transient: false);

        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var client = clients.CreateClient(Client);
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = range } };
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            CheckStatus(what, response.StatusCode, isRanged: range is not null);
            return await read(response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutputException($"The {what} did not come in time.", transient: true);
        }
        catch (HttpRequestException trouble) when (trouble.InnerException is AddressRefusedException refused)
        {
            throw new OutputException($"The address of the {what} is refused. {refused.Message}", transient: false);
        }
        catch (HttpRequestException trouble)
        {
            throw new OutputException($"The {what} cannot be fetched ({trouble.HttpRequestError}).", transient: true);
        }
        catch (IOException)
        {
            throw new OutputException($"The {what} was cut short.", transient: true);
        }
    }

    private static void CheckStatus(string what, HttpStatusCode status, bool isRanged)
    {
        if ((int)status is >= 300 and < 400)
            throw new OutputException($"The address of the {what} leads on and on.", transient: false);
        if ((int)status is >= 200 and < 300 || (isRanged && status == HttpStatusCode.RequestedRangeNotSatisfiable))
            return;

        // A signed address may have expired, or the file may not be replicated yet, so 403 and 404 are retried in another round.
        throw new OutputException(
            $"The {what} cannot be fetched: {(int)status}.",
            transient: status != HttpStatusCode.Gone,
            missing: status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound);
    }

    private static async Task<byte[]> Read(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (kept.Length < maxBytes
            && await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, maxBytes - kept.Length)), cancellationToken) is > 0 and var read)
            kept.Write(buffer, 0, read);

        return kept.ToArray();
    }

    private static OutputException TooLarge(string what, int maxBytes) =>
        new($"The {what} is larger than {maxBytes} bytes.", transient: false);
}
