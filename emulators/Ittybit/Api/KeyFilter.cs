namespace Podcast.Emulators.Ittybit.Api;

/// <summary>Requires a bearer key on every API request.</summary>
internal sealed class KeyFilter(ApiKeys keys) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        keys.Refusal(context.HttpContext.Request) ?? await next(context);
}

/// <summary>Checks keys against <see cref="IttybitEmulatorOptions.ApiKeys"/>. The dial can revoke all of them.</summary>
internal sealed class ApiKeys(IOptions<IttybitEmulatorOptions> options, ChaosControl chaos)
{
    private const string Scheme = "Bearer ";

    /// <summary>The refusal of the request; null if its key is accepted.</summary>
    public ApiAnswer? Refusal(HttpRequest request)
    {
        if (Of(request) is not { } key)
            return new ApiAnswer.Error(StatusCodes.Status401Unauthorized, "token_missing", "No API key was given. Send Authorization: Bearer <key>.");

        return chaos.Dial.KeyRevoked || !IsKnown(key)
            ? new ApiAnswer.Error(StatusCodes.Status401Unauthorized, "token_invalid", "The API key is not valid.")
            : null;
    }

    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && header[Scheme.Length..].Trim() is { Length: > 0 } key ? key : null;

    private bool IsKnown(string key) => options.Value.ApiKeys is not { Length: > 0 } known || known.Any(one =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(key)));
}
