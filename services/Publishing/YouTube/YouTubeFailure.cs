using System.Text.Json;
using Podcast.Redaction;

namespace Podcast.Publishing.YouTube;

/// <summary>The channel takes no uploads until then. It is the limit of the channel, not of the Google project.</summary>
internal sealed class UploadLimitException(DateTimeOffset until) : StepException(
    StepOutcome.Later, "The channel has reached its own limit of uploads (uploadLimitExceeded), which YouTube keeps secret.",
    "Wait for a day, or verify the channel at youtube.com/verify.", until,
    new PublicationReceipt(PlannedAt: until)) // so that a plan with an earlier time is news
{
    public DateTimeOffset Until => until;
}

/// <summary>Google says that the project's quota is used up, whatever we have counted.</summary>
internal sealed class QuotaExceededException(DateTimeOffset until) : StepException(
    StepOutcome.Later, "The quota of the Google project is used up for today (quotaExceeded).",
    "Google gives more on request: see the project's quotas in the Google Cloud console.", until);

/// <summary>YouTube has captions of this language and name.</summary>
internal sealed class CaptionExistsException() : StepException(StepOutcome.Failed, "The video has such captions already (captionExists).");

/// <summary>What an error of the YouTube Data API means, in plain words.</summary>
internal static class YouTubeFailure
{
    /// <summary>How long a channel takes no uploads after it has reached its limit.</summary>
    public static readonly TimeSpan UploadLimit = TimeSpan.FromHours(24);

    /// <summary>The exception for a response with an error status.</summary>
    public static async Task<StepException> Of(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (status, body) = ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        var (reason, message) = Read(body);
        var now = clock.GetUtcNow();
        return reason switch
        {
            "quotaExceeded" or "dailyLimitExceeded" => new QuotaExceededException(PacificDay.Next(now)),
            "captionExists" => new CaptionExistsException(),
            "uploadLimitExceeded" => new UploadLimitException(now + UploadLimit),
            "rateLimitExceeded" or "userRateLimitExceeded" => StepException.Failed($"YouTube takes no more calls just now ({reason})."),
            "youtubeSignupRequired" => StepException.Refused(
                "The Google account has no YouTube channel (youtubeSignupRequired).", "Connect an account that has a channel."),
            "insufficientPermissions" => StepException.Refused(
                "The account was connected without the permission for this call (insufficientPermissions).",
                "Reconnect it and leave all boxes ticked: captions need youtube.force-ssl."),
            "accessNotConfigured" => StepException.Refused(
                "The YouTube Data API is switched off in the Google project (accessNotConfigured).",
                "Switch it on in the Google Cloud console, and retry the publication."),
            "authError" or "required" => StepException.Failed($"YouTube refused the access token ({reason})."),
            "invalidTitle" or "invalidDescription" or "invalidTags" or "invalidCategoryId" or "invalidPublishAt"
                or "invalidVideoMetadata" =>
                StepException.Refused($"YouTube refuses the video's metadata ({reason}): {message}", "Correct the episode or the show."),
            "videoNotFound" => StepException.Refused(
                "The video is no longer on YouTube (videoNotFound): somebody has deleted it.", "Look in YouTube Studio's trash."),
            _ when status is 408 or 409 or 429 or >= 500 => StepException.Failed($"YouTube failed ({status} {reason})."),
            _ => StepException.Refused($"YouTube refused ({status} {reason}): {message}"),
        };
    }

    /// <summary>The reason and the message of an error, without secrets; null if it has none.</summary>
    public static (string? Reason, string? Message) Read(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var error = json.RootElement.GetProperty("error");
            return (Line(error.GetProperty("errors")[0].GetProperty("reason")), Line(error.GetProperty("message")));
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException
            or IndexOutOfRangeException)
        {
            return (null, null);
        }
    }

    private static string? Line(JsonElement words) => words.GetString() is { } text ? Redactor.Line(text) : null;
}
