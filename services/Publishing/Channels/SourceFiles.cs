using System.Net;
using System.Net.Http.Headers;
using Podcast.Ittybit;
using Podcast.Media;

namespace Podcast.Publishing.Channels;

/// <summary>Reads parts of an output from its address, never from private networks; asks Ittybit for a new address if it expired.</summary>
internal sealed class SourceFiles(HttpClient http, IIttybitApi ittybit, IOptions<PublishingOptions> options, TimeProvider clock)
{
    private static readonly HttpStatusCode[] Expired =
        [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Gone];

    public static void Register(IServiceCollection services) => services.AddOutsideHttpClient("sources")
        .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan) // Open has a time limit, and so has each step that reads
        .AddTypedClient<SourceFiles>();

    /// <summary>Opens <paramref name="length"/> bytes from <paramref name="from"/>; null: to the end. Nothing is read ahead.</summary>
    /// <param name="renewed">The address to try first, if it was renewed before.</param>
    public Task<SourcePart> Open(
        string what, TaskOutput output, Uri? renewed, long from, long? length, CancellationToken cancellationToken) => clock.Limit(
        options.Value.TransferTimeout, $"The server of the {what}", token => Find(what, output, renewed, from, length, token),
        cancellationToken);

    /// <summary>A valid address of the output.</summary>
    public Task<Uri> Address(string what, TaskOutput output, CancellationToken cancellationToken) =>
        Renew(what, output, output.Url, cancellationToken);

    private async Task<SourcePart> Find(
        string what, TaskOutput output, Uri? renewed, long from, long? length, CancellationToken cancellationToken)
    {
        var address = renewed ?? output.Url ?? await Renew(what, output, null, cancellationToken);
        var response = await Get(address, from, length, cancellationToken);
        if (Expired.Contains(response.StatusCode) && output.FileId is { Length: > 0 })
        {
            response.Dispose();
            address = await Renew(what, output, null, cancellationToken);
            response = await Get(address, from, length, cancellationToken);
        }

        try
        {
            return await Part(what, response, address, from, length, cancellationToken);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> Get(Uri address, long from, long? length, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = new RangeHeaderValue(from, from + length - 1);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException trouble) when (trouble.InnerException is AddressRefusedException refused)
        {
            throw StepException.Refused($"The address of the file is refused. {refused.Message}");
        }
    }

    private static async Task<SourcePart> Part(
        string what, HttpResponseMessage response, Uri address, long from, long? length, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw new OutputException($"The {what} cannot be fetched: {(int)response.StatusCode}.", transient: true, missing: true);
        var isPart = response.StatusCode == HttpStatusCode.PartialContent;
        var headers = response.Content.Headers;
        var total = isPart ? headers.ContentRange?.Length : headers.ContentLength;
        var start = isPart ? headers.ContentRange?.From : 0;
        if (total is null || start != from)
            throw new OutputException($"The server of the {what} does not serve parts of it.", transient: false);
        var expected = Math.Min(length ?? long.MaxValue, total.Value - from);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return new SourcePart(response, stream, expected, total.Value, address);
    }

    private async Task<Uri> Renew(string what, TaskOutput output, Uri? otherwise, CancellationToken cancellationToken)
    {
        if (output.FileId is not { Length: > 0 } fileId)
            return otherwise ?? output.Url ?? throw StepException.Refused($"The {what} has neither a file nor an address.");
        try
        {
            return (await ittybit.GetFile(fileId, cancellationToken)).WebUrl ?? otherwise
                ?? throw new OutputException($"The file of the {what} has no address.", transient: true);
        }
        catch (Exception trouble) when (
            !cancellationToken.IsCancellationRequested && IttybitFailure.OfTrouble(trouble, clock) is { } failure)
        {
            throw new OutputException(failure.Message, transient: failure.Kind != IttybitFailureKind.Final);
        }
    }
}

/// <summary>A part of a file while it is read.</summary>
/// <param name="Length">The bytes of this part.</param>
/// <param name="Total">The bytes of the file.</param>
/// <param name="Address">Where it was read.</param>
internal sealed record SourcePart(HttpResponseMessage Response, Stream Content, long Length, long Total, Uri Address) : IDisposable
{
    public void Dispose() => Response.Dispose();
}
