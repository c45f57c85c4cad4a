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

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers[Header].ToString() is { Length: > 0 } version && !Known.Contains(version)
            ? ValueTask.FromResult<object?>(ApiAnswer.Invalid($"{Header} must be {string.Join(" or ", Known)}, or absent."))
            : next(context);
}
