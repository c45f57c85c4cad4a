namespace Podcast.Emulators.YouTube.Api;

/// <summary>An error in the form of Google's APIs.</summary>
internal sealed record GoogleError(int Code, string Reason, string Message, string Domain = "global") : IResult
{
    public static GoogleError BadRequest(string message) => new(400, "badRequest", message);

    /// <summary>An error of the resource that the request carries or names, in Google's domain of that resource.</summary>
    public static GoogleError Video(string reason, string message, int code = 400) => new(code, reason, message, "youtube.video");

    public static GoogleError Caption(string reason, string message, int code = 400) => new(code, reason, message, "youtube.caption");

    public static GoogleError VideoNotFound(string? id) => Video("videoNotFound", $"The video {id} cannot be found.", 404);

    public static readonly GoogleError Forbidden = new(403, "forbidden", "The video belongs to another channel.", "youtube.common");

    public static readonly GoogleError MediaBodyRequired =
        new(400, "mediaBodyRequired", "The request does not include the media content.", "youtube.common");

    public static readonly GoogleError UploadTooLarge = new(413, "uploadTooLarge", "The media is larger than the method allows.");

    public static readonly GoogleError LoginRequired = new(401, "required", "Login Required.");

    public static readonly GoogleError InvalidCredentials = new(401, "authError", "Invalid Credentials");

    public static readonly GoogleError SignupRequired = new(401, "youtubeSignupRequired", "Unauthorized", "youtube.header");

    public static readonly GoogleError InsufficientPermissions =
        new(403, "insufficientPermissions", "Request had insufficient authentication scopes.");

    public static readonly GoogleError QuotaExceeded = new(
        403, "quotaExceeded", "The request cannot be completed because you have exceeded your quota.", "youtube.quota");

    public static readonly GoogleError UploadLimitExceeded =
        Video("uploadLimitExceeded", "The user has exceeded the number of videos they may upload.");

    public static readonly GoogleError RateLimitExceeded = new(403, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits");

    public static readonly GoogleError AccessNotConfigured = new(
        403, "accessNotConfigured", "YouTube Data API has not been used in this project before or it is disabled.", "usageLimits");

    public static readonly GoogleError BackendError = new(503, "backendError", "Service unavailable. Please try again.");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (Code == StatusCodes.Status401Unauthorized)
            httpContext.Response.Headers.WWWAuthenticate = "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"";
        var error = new { code = Code, message = Message, errors = new[] { new { message = Message, domain = Domain, reason = Reason } } };
        return Results.Json(new { error }, statusCode: Code).ExecuteAsync(httpContext);
    }
}
