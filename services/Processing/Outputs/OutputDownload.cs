using System.Net;
using System.Net.Http.Headers;
using Podcast.Hosting;

namespace Podcast.Processing.Outputs;

/// <summary>Fetches what Ittybit made from the address that it names: capped in size and time, and never from inside our network.</summary>
internal sealed class OutputDownload(IHttpClientFactory clients, TimeProvider clock)
{
    /// <summary>The HTTP client for what Ittybit made.</summary>
    public const string Client = "outputs";

    private static readonly string[] Texts =
    [
        "application/json", "text/vtt", "text/srt", "text/plain", "application/x-subrip", "application/octet-stream", "binary/octet-stream",
    ];

    /// <summary>The whole of a text.</summary>
    /// <param name="what">What it is, for the reason: <c>transcript</c>, <c>chapters</c>.</param>
    /// <exception cref="OutputException">It cannot be had.</exception>
    public Task<byte[]> Fetch(string what, Uri address, int maxBytes, TimeSpan timeout, CancellationToken cancellationToken) =>
        Ask(what, address, timeout, range: null, cancellationToken: cancellationToken, read: async (response, token) =>
        {
            CheckText(what, response.Content.Headers, maxBytes);
            return await Read(what, response.Content, maxBytes, token);
        });

    /// <summary>Whether it is there: its size and type, as far as the server tells, for the price of one byte.</summary>
    /// <exception cref="OutputException">It is not, or cannot be had now.</exception>
    public Task<(long? Size, string? Type)> Look(string what, Uri address, TimeSpan timeout, CancellationToken cancellationToken) =>
        Ask(what, address, timeout, new RangeHeaderValue(0, 0), cancellationToken: cancellationToken, read: async (response, token) =>
        {
            var content = response.Content.Headers;
            long? size = response.StatusCode switch
            {
                HttpStatusCode.RequestedRangeNotSatisfiable => 0,
                HttpStatusCode.PartialContent => content.ContentRange?.Length,
                _ => content.ContentLength,
            };
            if (size is null && await (await response.Content.ReadAsStreamAsync(token)).ReadAsync(new byte[1], token) == 0)
                size = 0;
            return (size, content.ContentType?.MediaType);
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

        // A signed address may have expired and a copy may not be everywhere yet, so even 403 and 404 are worth another round.
        throw new OutputException(
            $"The {what} cannot be fetched: {(int)status}.",
            transient: status != HttpStatusCode.Gone,
            missing: status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound);
    }

    private static void CheckText(string what, HttpContentHeaders content, int maxBytes)
    {
        if (content.ContentLength > maxBytes)
            throw TooLarge(what, maxBytes);
        if (content.ContentEncoding.Count > 0)
            throw new OutputException($"The {what} came compressed, although we did not ask for that.", transient: false);
        if (content.ContentType is { MediaType: { } type } && !IsText(type))
            throw new OutputException($"The {what} came as {type}.", transient: type == "text/html");
    }

    private static bool IsText(string type) =>
        Texts.Contains(type, StringComparer.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> Read(string what, HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (kept.Length + read > maxBytes)
                throw TooLarge(what, maxBytes);
            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }

    private static OutputException TooLarge(string what, int maxBytes) =>
        new($"The {what} is larger than {maxBytes} bytes.", transient: false);
}
