using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Hosting;

namespace Podcast.Media;

/// <summary>The response of an output's server.</summary>
/// <param name="Bytes">The size of the file; null if the server does not report it.</param>
/// <param name="Type">Its media type, or null.</param>
/// <param name="Content">The content detected from its first bytes; null if there were too few.</param>
public sealed record ServedOutput(long? Bytes, string? Type, SniffedContent? Content);

/// <summary>Downloads outputs from others' addresses, with limits for size and time, and never from private networks.</summary>
public sealed class OutputDownload(HttpClient client, TimeProvider clock)
{
    private const int HeadBytes = 16 * 1024; // enough to find an MP3's first frame after some padding
    private const int EnoughBytes = 12; // the longest media signatures; fewer bytes of a longer file are inconclusive

    /// <summary>Registers it with an HTTP client that reaches only <see cref="OutsideAddresses"/>.</summary>
    public static void Register(IServiceCollection services) => services.AddOutsideHttpClient("outputs").AddTypedClient<OutputDownload>();

    /// <summary>Downloads a complete text file, whatever its content type.</summary>
    /// <param name="what">The name of the output in error messages: <c>transcript</c>, <c>chapters</c>.</param>
    /// <exception cref="OutputException">It cannot be downloaded.</exception>
    public Task<byte[]> Fetch(string what, Uri address, int maxBytes, TimeSpan timeout, CancellationToken cancellationToken) =>
        Ask(what, address, timeout, null, async (response, token) =>
        {
            var headers = response.Content.Headers;
            var content = headers.ContentLength > maxBytes
                ? null
                : ContentCodings.Undo(await Read(response.Content, maxBytes + 1, token), headers.ContentEncoding, maxBytes, isWhole: true);
            return content is not null && content.Length <= maxBytes
                ? content
                : throw new OutputException($"The {what} is larger than {maxBytes} bytes.", transient: false);
        }, cancellationToken);

    /// <summary>Reads the first bytes of a file, and no more of it even if the server does not support ranges.</summary>
    /// <exception cref="OutputException">There is no file, or it cannot be downloaded now.</exception>
    public Task<ServedOutput> Look(string what, Uri address, TimeSpan timeout, CancellationToken cancellationToken) =>
        Ask(what, address, timeout, new RangeHeaderValue(0, HeadBytes - 1), async (response, token) =>
        {
            var (status, headers) = (response.StatusCode, response.Content.Headers);
            if (status == HttpStatusCode.RequestedRangeNotSatisfiable)
                return new ServedOutput(headers.ContentRange?.Length ?? 0, null, null);

            var head = await Read(response.Content, HeadBytes, token);
            var size = status == HttpStatusCode.PartialContent ? headers.ContentRange?.Length : headers.ContentLength;
            if (head.Length == 0 || (size is null && status != HttpStatusCode.PartialContent && head.Length < HeadBytes))
                size = head.Length;

            var decoded = ContentCodings.Undo(head, headers.ContentEncoding, HeadBytes, isWhole: false);
            var isTooLittle = headers.ContentRange?.From is > 0 || (head.Length < EnoughBytes && !(size <= head.Length));
            return new ServedOutput(
                decoded == head || size == 0 ? size : null, // the size of encoded content is not the file's
                headers.ContentType?.MediaType,
                isTooLittle ? null : ContentSniffer.Sniff(decoded));
        }, cancellationToken);

    private async Task<T> Ask<T>(
        string what, Uri address, TimeSpan timeout, RangeHeaderValue? range,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        if (address is not { IsAbsoluteUri: true, Scheme: "https" or "http" })
            throw new OutputException($"The address of the {what} is not one of the web.", transient: false);

        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = range } };
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            CheckStatus(what, response.StatusCode, isRanged: range is not null);
            return await read(response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutputException($"The {what} did not come in time.", transient: true);
        }
        catch (HttpRequestException trouble)
        {
            throw trouble.InnerException is AddressRefusedException refused
                ? new OutputException($"The address of the {what} is refused. {refused.Message}", transient: false)
                : new OutputException($"The {what} cannot be fetched ({trouble.HttpRequestError}).", transient: true);
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

        // A signed address may have expired, or the file may not be replicated yet, so 403 and 404 are worth another try.
        throw new OutputException(
            $"The {what} cannot be fetched: {(int)status}.",
            transient: status != HttpStatusCode.Gone,
            missing: status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound);
    }

    private static async Task<byte[]> Read(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[Math.Min(content.Headers.ContentLength ?? maxBytes, maxBytes)];
        return buffer[..await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)];
    }
}
