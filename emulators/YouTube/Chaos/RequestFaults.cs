namespace Podcast.Emulators.YouTube.Chaos;

/// <summary>Applies the dial's faults of requests; they come before the access token is checked and quota is spent.</summary>
internal sealed class RequestFaults(YouTubeChaos chaos, TimeProvider clock) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var dial = chaos.Dial;
        var dice = chaos.Next("request");

        if (dial.AnswerDelayMs > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(dial.AnswerDelayMs), clock, http.RequestAborted);
        if (dial.ApiDisabled)
            return GoogleError.AccessNotConfigured;
        if (dice.Hit(dial.RateLimitPercent, "rate_limit"))
            return GoogleError.RateLimitExceeded;
        if (dice.Hit(dial.ServerErrorPercent, "server_error"))
            return GoogleError.BackendError;

        var answer = await next(context);
        return dice.Hit(dial.LostAnswerPercent, "lost_answer") ? new ConnectionReset() : answer;
    }
}

/// <summary>Closes the connection instead of an answer.</summary>
internal sealed class ConnectionReset : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Abort();
        return Task.CompletedTask;
    }
}
