namespace Podcast.Ittybit.Resilience;

/// <summary>
/// Limits the time of a single attempt, including the read of its body. Always the innermost handler, so that the delays of other
/// handlers do not count.
/// </summary>
internal sealed class TimeoutHandler(IOptions<IttybitOptions> options, TimeProvider clock) : DelegatingHandler
{
    // Bodies are small: a list of 100 tasks is about 200 KB.
    private const int LongestBody = 16 * 1024 * 1024;

    private readonly ResiliencePipeline reading = Pipeline(options.Value.ReadTimeout, clock);
    private readonly ResiliencePipeline changing = Pipeline(options.Value.CreateTimeout, clock);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var pipeline = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head ? reading : changing;
        return await pipeline.ExecuteAsync(async token => await Receive(request, token), cancellationToken);
    }

    private async Task<HttpResponseMessage> Receive(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            // Refit reads the body outside of the handlers, where no timeout would apply to a slow body.
            await response.Content.LoadIntoBufferAsync(LongestBody, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static ResiliencePipeline Pipeline(TimeSpan timeout, TimeProvider clock) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }.AddTimeout(timeout).Build();
}
