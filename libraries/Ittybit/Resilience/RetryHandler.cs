using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Podcast.Ittybit.Resilience;

/// <summary>Repeats a request where that is safe, with growing, jittered waits, or those that Ittybit asks for.</summary>
internal sealed class RetryHandler(IOptions<IttybitOptions> options, TimeProvider clock, ILogger<RetryHandler> logger)
    : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage> Request = new("request");

    private readonly ResiliencePipeline<HttpResponseMessage> harmless = Pipeline(options.Value, Safe.ToAskAgain, clock, logger);
    private readonly ResiliencePipeline<HttpResponseMessage> creating = Pipeline(options.Value, Safe.ToCreateAgain, clock, logger);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Request, request);
        try
        {
            var pipeline = Safe.MakesSomething(request) ? creating : harmless;
            return await pipeline.ExecuteAsync(
                async context => await base.SendAsync(request, context.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(
        IttybitOptions options, Func<Outcome<HttpResponseMessage>, bool> isSafe, TimeProvider clock, ILogger logger)
    {
        if (options.Retries == 0)
            return ResiliencePipeline<HttpResponseMessage>.Empty;

        return new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                MaxDelay = options.LongestWait,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = retry => ValueTask.FromResult(
                    isSafe(retry.Outcome) && !(Asked(retry.Outcome, clock) > options.LongestWait)),
                DelayGenerator = retry => ValueTask.FromResult(Asked(retry.Outcome, clock)),
                OnRetry = retry =>
                {
                    logger.AskedAgain(
                        retry.Context.Properties.GetValue(Request, null!),
                        retry.Outcome,
                        retry.RetryDelay,
                        retry.AttemptNumber + 1,
                        options.Retries);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>The wait that Ittybit asks for. None at all is no wish to be asked at once: then our own is taken.</summary>
    private static TimeSpan? Asked(Outcome<HttpResponseMessage> outcome, TimeProvider clock) =>
        outcome.Result is { } response && RetryAfterHeader.Read(response.Headers, clock) is { } wait && wait > TimeSpan.Zero
            ? wait
            : null;
}
