using System.Net;
using Microsoft.Extensions.Options;
using Podcast.Hosting;

namespace Podcast.Processing.Transcripts;

/// <summary>Fetches a transcript from the address that Ittybit names: capped in size and time, and never from inside our network.</summary>
internal sealed class TranscriptDownload(IHttpClientFactory clients, IOptions<TranscriptOptions> options, TimeProvider clock)
{
    /// <summary>The HTTP client for what Ittybit made.</summary>
    public const string Client = "outputs";

    private static readonly string[] Readable =
    [
        "application/json", "text/vtt", "text/srt", "text/plain", "application/x-subrip", "application/octet-stream", "binary/octet-stream",
    ];

    /// <exception cref="TranscriptException">It cannot be had.</exception>
    public async Task<byte[]> Fetch(Uri address, CancellationToken cancellationToken)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            throw new TranscriptException("The transcript's address is not one of the web.", transient: false);

        using var timeout = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var client = clients.CreateClient(Client);
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, either.Token);
            Check(response);
            return await Read(response.Content, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TranscriptException("The transcript did not come in time.", transient: true);
        }
        catch (HttpRequestException trouble) when (trouble.InnerException is AddressRefusedException refused)
        {
            throw new TranscriptException($"The transcript's address is refused. {refused.Message}", transient: false);
        }
        catch (HttpRequestException trouble)
        {
            throw new TranscriptException($"The transcript cannot be fetched ({trouble.HttpRequestError}).", transient: true);
        }
        catch (IOException)
        {
            throw new TranscriptException("The transcript was cut short.", transient: true);
        }
    }

    private void Check(HttpResponseMessage response)
    {
        // A signed address may have expired and a copy may not be everywhere yet, so even 403 and 404 are worth another round.
        if ((int)response.StatusCode is >= 300 and < 400)
            throw new TranscriptException("The transcript's address leads on and on.", transient: false);
        if (!response.IsSuccessStatusCode)
            throw new TranscriptException($"The transcript cannot be fetched: {(int)response.StatusCode}.", response.StatusCode != HttpStatusCode.Gone);

        var content = response.Content.Headers;
        if (content.ContentLength > options.Value.MaxBytes)
            throw TooLarge();
        if (content.ContentEncoding.Count > 0)
            throw new TranscriptException("The transcript is compressed, although we did not ask for that.", transient: false);
        if (content.ContentType is { MediaType: { } type } && !IsReadable(type))
            throw new TranscriptException($"The transcript is of type {type}.", transient: type == "text/html");
    }

    private static bool IsReadable(string type) =>
        Readable.Contains(type, StringComparer.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    private async Task<byte[]> Read(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (kept.Length + read > options.Value.MaxBytes)
                throw TooLarge();
            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }

    private TranscriptException TooLarge() => new($"The transcript is larger than {options.Value.MaxBytes} bytes.", transient: false);
}
