namespace Podcast.Emulators.Transistor;

/// <summary>The key of a request; null if it is not known.</summary>
internal sealed record Caller(TransistorKey? Key)
{
    public bool Sees(string showId) => Key?.Shows is [] || Key?.Shows.Contains(showId) == true;

    public static ValueTask<Caller> BindAsync(HttpContext http)
    {
        var keys = http.RequestServices.GetRequiredService<IOptions<TransistorEmulatorOptions>>().Value.Keys;
        var given = http.Request.Headers["x-api-key"].ToString();
        return ValueTask.FromResult(new Caller(given.Length == 0 ? null
            : keys is [] ? new TransistorKey { Key = given }
            : Array.Find(keys, key => key.Key == given)));
    }
}

/// <summary>Refuses what no handler should see: unknown keys, too many requests, changes by members, unreadable bodies.</summary>
internal sealed class AccessFilter(RateLimits limits) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if ((await Caller.BindAsync(context.HttpContext)).Key is not { } key)
            return TransistorAnswer.Message(StatusCodes.Status401Unauthorized, "Unauthorized. The x-api-key header is missing or wrong.");
        if (!limits.TryTake(key.Key))
            return TransistorAnswer.Message(StatusCodes.Status429TooManyRequests, "Too many requests");
        if (key.Role == TransistorRole.Member && !HttpMethods.IsGet(context.HttpContext.Request.Method))
            return TransistorAnswer.Errors(StatusCodes.Status403Forbidden, "You do not have permission to do this");
        return context.HttpContext.Items.ContainsKey(Parameters.Unreadable)
            ? TransistorAnswer.Message(StatusCodes.Status400BadRequest, "The request body could not be parsed")
            : await next(context);
    }
}
