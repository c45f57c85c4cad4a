namespace Podcast.Emulators.YouTube.OAuth;

/// <summary><c>POST /token</c> for codes, refresh tokens and devices, and <c>POST /revoke</c>.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        app.MapPost("/token", Token);
        app.MapPost("/revoke", Revoke);
    }

    private static async Task<IResult> Token(
        HttpRequest request, OAuthClients clients, CodeExchange codes, Grants grants, DeviceFlow devices)
    {
        if (!request.HasFormContentType)
            return OAuthError.Of("invalid_request", "The body must be a form.");
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        if (clients.Authenticate(request, form) is not { } client)
            return OAuthError.Of("invalid_client", "The OAuth client was not found.", StatusCodes.Status401Unauthorized);

        return form["grant_type"].ToString() switch
        {
            "authorization_code" => codes.Exchange(form, client),
            "refresh_token" => grants.Refreshable(form["refresh_token"].ToString(), client) is { } grant
                ? grants.Issue(grant, withRefreshToken: false)
                : OAuthError.InvalidGrant("Token has been expired or revoked."),
            DeviceFlow.GrantType => devices.Poll(form["device_code"].ToString(), client),
            var other => OAuthError.Of("unsupported_grant_type", $"Invalid grant_type: {other}"),
        };
    }

    /// <summary>The token is in the form or in the query.</summary>
    private static async Task<IResult> Revoke(HttpRequest request, Grants grants)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : null;
        var token = form?["token"].ToString() is { Length: > 0 } given ? given : request.Query["token"].ToString();
        return grants.TryRevoke(token)
            ? Results.Json(new { })
            : OAuthError.Of("invalid_token", "Token expired or revoked");
    }
}
