using Microsoft.AspNetCore.Http.Features;

namespace Podcast.Emulators.YouTube.Api;

/// <summary>
/// Checks the access token, its scopes and the quota of a request to an <see cref="ApiMethod"/>. A PUT to a session URI needs
/// none of them: its <c>upload_id</c> is the credential.
/// </summary>
internal sealed class ApiGate(Grants grants, QuotaCounters quota) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (ResumableUploads.IsSessionUri(http.Request) || http.GetEndpoint()?.Metadata.GetMetadata<ApiMethod>() is not { } method)
            return await next(context);

        if (Token(http.Request) is not { } token)
            return GoogleError.LoginRequired;
        if (grants.Caller(token) is not { } caller)
            return GoogleError.InvalidCredentials;
        http.Features.Set(caller);
        return Refusal(method, caller) ?? await next(context);
    }

    private GoogleError? Refusal(ApiMethod method, Caller caller)
    {
        if (!method.Scopes.Intersect(caller.Scopes).Any())
            return GoogleError.InsufficientPermissions;
        if (caller.ChannelId is null && !method.WorksWithoutChannel)
            return GoogleError.SignupRequired;
        return quota.TrySpend(caller.Project, method) ? null : GoogleError.QuotaExceeded;
    }

    private static string? Token(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim()
            : request.Query["access_token"].ToString() is { Length: > 0 } token ? token : null;
    }
}

/// <summary>Who sends a request: the token names the project, the account and the channel.</summary>
/// <param name="Project">The OAuth client's id.</param>
/// <param name="ChannelId">Null: the account has no channel.</param>
internal sealed record Caller(string Project, string Account, string? ChannelId, string[] Scopes)
{
    /// <summary>The caller of a request that has passed <see cref="ApiGate"/>.</summary>
    public static Caller Of(HttpContext http) => http.Features.GetRequiredFeature<Caller>();

    public bool Owns(Video video) => video.ChannelId == ChannelId;
}
