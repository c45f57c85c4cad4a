namespace Podcast.Emulators.YouTube.OAuth;

/// <summary>A device that waits for the person to enter its code.</summary>
/// <param name="Grant">Null: the person refuses.</param>
internal sealed record DeviceCode(
    string Id, string ClientId, Grant? Grant, DateTimeOffset AnsweredAt, DateTimeOffset ExpiresAt) : IDocument
{
    public string Owner => ClientId;
}

/// <summary>
/// <c>POST /device/code</c> and its polls (RFC 8628), with Google's status codes. Google grants few scopes to devices; that of
/// captions is not one of them.
/// </summary>
internal sealed class DeviceFlow(Documents documents, Grants grants, Consent consent, YouTubeChaos chaos, TimeProvider clock)
{
    public const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/device/code", Start);

    public IResult Poll(string id, string client)
    {
        var now = clock.GetUtcNow();
        if (documents.Find<DeviceCode>(id) is not { } device || device.ClientId != client)
            return OAuthError.InvalidGrant("Malformed device code.");
        if (device.ExpiresAt <= now)
            return OAuthError.Of("expired_token", "The device code is expired.");
        if (device.AnsweredAt > now)
            return OAuthError.Of("authorization_pending", "Precondition Required", StatusCodes.Status428PreconditionRequired);
        if (device.Grant is not { } grant)
            return OAuthError.Of("access_denied", "Forbidden", StatusCodes.Status403Forbidden);

        documents.Remove<DeviceCode>(id);
        return grants.Issue(grant with { IsOffline = true }, withRefreshToken: true);
    }

    private static async Task<IResult> Start(HttpRequest request, OAuthClients clients, DeviceFlow flow)
    {
        if (!request.HasFormContentType)
            return OAuthError.Of("invalid_request", "The body must be a form.");
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var client = form["client_id"].ToString();
        var scopes = form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!clients.IsKnown(client))
            return OAuthError.Of("invalid_client", "The OAuth client was not found.", StatusCodes.Status401Unauthorized);
        return scopes.Except(Scope.OfDevices).FirstOrDefault() is { } wrong
            ? OAuthError.Of("invalid_scope", $"Invalid device flow scope: {wrong}")
            : flow.Begin(client, scopes);
    }

    private IResult Begin(string client, string[] scopes)
    {
        var now = clock.GetUtcNow();
        var device = documents.Save(new DeviceCode(
            NewId.Of("AH-"), client, consent.Ask(client, scopes, hasChooser: true), now.AddSeconds(chaos.Dial.DeviceConsentSeconds),
            now + Lifetime));
        return Results.Json(new
        {
            device_code = device.Id,
            user_code = device.Id[^8..].ToUpperInvariant(),
            verification_url = "https://www.google.com/device",
            expires_in = (int)Lifetime.TotalSeconds,
            interval = 5,
        });
    }
}
