namespace Podcast.Ingest.Api.Requests;

/// <summary>
/// Rejects an invalid body or idempotency key before the handler runs, and marks every answer as not cacheable, since answers
/// contain signed addresses.
/// </summary>
internal sealed class RefuseBadRequests : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";

        if (context.HttpContext.Request.Headers.TryGetValue(RequestKey.Header, out var key) && !RequestKey.IsWellFormed(key))
            return ValueTask.FromResult<object?>(TypedResults.ValidationProblem(new Dictionary<string, string[]>
            {
                [RequestKey.Header] = [$"must be 1 to {RequestKey.Longest} visible ASCII characters."],
            }));

        return context.Arguments.OfType<IBody>().FirstOrDefault(body => body.Refusal is not null) is { } bad
            ? ValueTask.FromResult<object?>(bad.Refusal)
            : next(context);
    }
}
