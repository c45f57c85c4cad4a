using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Podcast.Hosting.Data;

/// <summary>
/// Answers 503 with <c>Retry-After</c> if the database does not answer or has no free connection. The request may have been
/// committed nevertheless; a retry with the same <c>Idempotency-Key</c> takes effect only once.
/// </summary>
internal sealed class DatabaseUnavailableHandler(IProblemDetailsService problems) : IExceptionHandler
{
    private const int RetryAfterSeconds = 5;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!DatabaseErrors.IsPassing(exception))
            return false;

        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails =
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Title = "The database is away",
                Detail = $"Please ask again in {RetryAfterSeconds} s: {DatabaseErrors.Describe(exception)}.",
            },
        });
    }
}
