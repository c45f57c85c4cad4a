using Microsoft.Extensions.Logging;
using Podcast.Throttling;
using Polly.Retry;

namespace Podcast.Ittybit.Resilience;

/// <summary>
/// Retries requests that are safe to repeat, with exponential back-off and jitter, or after the delay of <c>Retry-After</c>.
/// </summary>
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

    /// <summary>The delay that Ittybit asks for; null (back-off applies) if there is none, or if it is zero.</summary>
    private static TimeSpan? Asked(Outcome<HttpResponseMessage> outcome, TimeProvider clock) =>
        outcome.Result is { } response && RetryAfterHeader.Read(response.Headers, clock) is { } wait && wait > TimeSpan.Zero
            ? wait
            : null;
}

internal static partial class Log
{
    /// <summary>Logs only method and path; query strings and bodies may contain secrets.</summary>
    public static void AskedAgain(
        this ILogger logger,
        HttpRequestMessage request,
        Outcome<HttpResponseMessage> outcome,
        TimeSpan wait,
        int repetition,
        int most)
    {
        if (logger.IsEnabled(LogLevel.Warning))
        {
            var reason = outcome.Result is { } response ? $"{(int)response.StatusCode}" : outcome.Exception!.GetType().Name;
            logger.AskedAgain(request.Method.Method, request.RequestUri!.AbsolutePath, reason, wait, repetition, most);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Ittybit {Method} {Path} ended in {Reason}; asking again in {Wait} ({Repetition} of {Most})")]
    private static partial void AskedAgain(
        this ILogger logger, string method, string path, string reason, TimeSpan wait, int repetition, int most);
}
