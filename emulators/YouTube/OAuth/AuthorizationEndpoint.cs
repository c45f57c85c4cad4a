using Microsoft.AspNetCore.WebUtilities;

namespace Podcast.Emulators.YouTube.OAuth;

/// <summary>What an authorization code stands for, for ten minutes and for one exchange.</summary>
internal sealed record AuthorizationCode(
    string Id, Grant Grant, string RedirectUri, string? Challenge, string? ChallengeMethod, DateTimeOffset ExpiresAt) : IDocument
{
    public string Owner => Grant.ClientId;
}

/// <summary>
/// <c>GET /o/oauth2/v2/auth</c>: the consent screen, which is answered at once by a redirect to the client. A refresh token is
/// granted with <c>access_type=offline</c>, but to an account that has one already only with <c>prompt=consent</c>.
/// </summary>
internal static class AuthorizationEndpoint
{
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);

    public static void MapAuthorization(this IEndpointRouteBuilder app) => app.MapGet("/o/oauth2/v2/auth", Authorize);

    private static IResult Authorize(HttpRequest request, OAuthClients clients, Consent consent, Documents documents, TimeProvider clock)
    {
        string? Value(string name) => request.Query[name].ToString() is { Length: > 0 } value ? value : null;

        if (Value("client_id") is not { } client || !clients.IsKnown(client))
            return Results.Text("Error 401: invalid_client", statusCode: StatusCodes.Status401Unauthorized);
        if (Value("redirect_uri") is not { } redirect || !Uri.TryCreate(redirect, UriKind.Absolute, out _))
            return Results.Text("Error 400: redirect_uri_mismatch", statusCode: StatusCodes.Status400BadRequest);
        if (Value("response_type") != "code" || Value("scope") is not { } scope)
            return Results.Text("Error 400: invalid_request", statusCode: StatusCodes.Status400BadRequest);

        var prompt = (Value("prompt") ?? "").Split(' ');
        if (consent.Ask(client, scope.Split(' '), prompt.Contains("select_account")) is not { } grant)
            return Redirect(("error", "access_denied"));

        var isOffline = Value("access_type") == "offline" && (prompt.Contains("consent") || !consent.IsKnown(grant));
        var code = documents.Save(new AuthorizationCode(
            NewId.Of("4/"), grant with { IsOffline = isOffline }, redirect, Value("code_challenge"), Value("code_challenge_method"),
            clock.GetUtcNow() + CodeLifetime));
        return Redirect(("code", code.Id), ("scope", string.Join(' ', grant.Scopes)));

        IResult Redirect(params (string Name, string? Value)[] answer) => Results.Redirect(QueryHelpers.AddQueryString(
            redirect, answer.Append((Name: "state", Value: Value("state"))).ToDictionary(one => one.Name, one => one.Value)));
    }
}
