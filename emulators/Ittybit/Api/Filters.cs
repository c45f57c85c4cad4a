namespace Podcast.Emulators.Ittybit.Api;

/// <summary>
/// Refuses requests that ask for a version of the API which the emulator does not know. The chaos dial's dialect still decides
/// the format of the answers.
/// </summary>
internal sealed class VersionFilter : IEndpointFilter
{
    private const string Header = "Accept-Version";

    /// <summary>The values that Ittybit's OpenAPI description lists.</summary>
    private static readonly string[] Known = ["2025-08-20", "latest"];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers[Header].ToString() is { Length: > 0 } version && !Known.Contains(version)
            ? ApiAnswer.Invalid($"{Header} must be {string.Join(" or ", Known)}, or absent.")
            : await next(context);
}

/// <summary>
/// Writes the answers of the files host and of the control routes, which the ledger and the answer faults do not cover.
/// </summary>
internal sealed class PlainAnswers(ChaosControl chaos) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        return result is ApiAnswer answer ? FinalAnswer.Of(answer, chaos.Dial.Dialect, context.HttpContext.Request) : result;
    }
}

/// <summary>
/// Requires a bearer key of <see cref="IttybitEmulatorOptions.ApiKeys"/> on every API request. The dial can revoke all of them.
/// </summary>
internal sealed class ApiKeys(IOptions<IttybitEmulatorOptions> options, ChaosControl chaos) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Refusal(context.HttpContext.Request) ?? await next(context);

    /// <summary>The refusal of the request; null if its key is accepted.</summary>
    public ApiAnswer.Error? Refusal(HttpRequest request)
    {
        if (Of(request) is not { } key)
            return Refusal("token_missing", "No API key was given. Send Authorization: Bearer <key>.");
        return chaos.Dial.KeyRevoked || !IsKnown(key) ? Refusal("token_invalid", "The API key is not valid.") : null;
    }

    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && header[Scheme.Length..].Trim() is { Length: > 0 } key ? key : null;

    private static ApiAnswer.Error Refusal(string kind, string message) => new(StatusCodes.Status401Unauthorized, kind, message);

    private bool IsKnown(string key) => options.Value.ApiKeys is not { Length: > 0 } known || known.Any(one =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(key)));
}
