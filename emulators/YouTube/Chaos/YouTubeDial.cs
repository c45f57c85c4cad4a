using System.ComponentModel.DataAnnotations;

namespace Podcast.Emulators.YouTube.Chaos;

/// <summary>
/// The faults that the emulator injects and what the person at the consent screen does; <c>{prefix}/_emulator/chaos</c> reads and
/// sets them as JSON with snake_case names. All faults are off by default. Whether a percentage (0–100) affects one of the named
/// requests, chunks or videos depends only on <see cref="Seed"/> and on its number since the dial was set.
/// </summary>
public sealed record YouTubeDial
{
    /// <summary>Selects what the percentages affect.</summary>
    public int Seed { get; init; }

    // ---- consent ----------------------------------------------------------------------------------------------------

    /// <summary>
    /// The id of the channel that the person picks in the account chooser, or <c>none</c>: an account without a channel. Empty: the
    /// first. Without <c>select_account</c> in <c>prompt</c> Google shows no chooser, and the first channel is connected.
    /// </summary>
    public string ConsentChannel { get; init; } = "";

    /// <summary>The scopes that the person unticks, as URLs.</summary>
    public IReadOnlyList<string> UntickedScopes { get; init; } = [];

    /// <summary>Whether the person refuses: <c>access_denied</c>.</summary>
    public bool ConsentDenied { get; init; }

    /// <summary>The seconds after which the person has entered the code of a device.</summary>
    [Range(0, 3600)] public int DeviceConsentSeconds { get; init; }

    /// <summary>Whether every refresh token is answered <c>invalid_grant</c>.</summary>
    public bool RefreshTokensDead { get; init; }

    // ---- requests ---------------------------------------------------------------------------------------------------

    /// <summary>The delay before a request is handled, in milliseconds.</summary>
    [Range(0, 600_000)] public int AnswerDelayMs { get; init; }

    /// <summary>Whether every request is answered 403 <c>accessNotConfigured</c>: the project's API is switched off.</summary>
    public bool ApiDisabled { get; init; }

    /// <summary>Share of requests that are answered 403 <c>rateLimitExceeded</c> and not executed.</summary>
    [Range(0, 100)] public double RateLimitPercent { get; init; }

    /// <summary>Share of requests that are answered 503 and not executed.</summary>
    [Range(0, 100)] public double ServerErrorPercent { get; init; }

    /// <summary>Share of requests that are executed, but whose connection is reset instead of an answer.</summary>
    [Range(0, 100)] public double LostAnswerPercent { get; init; }

    // ---- upload sessions --------------------------------------------------------------------------------------------

    /// <summary>Share of session starts that are answered 409 <c>alreadyExists</c>; there is no session then.</summary>
    [Range(0, 100)] public double SessionConflictPercent { get; init; }

    /// <summary>The answer to a request to an expired session: 404 or 410.</summary>
    [AllowedValues(404, 410)] public int ExpiredSessionStatus { get; init; } = 404;

    /// <summary>Share of chunks at which the session expires; nothing of them is stored.</summary>
    [Range(0, 100)] public double SessionExpiryPercent { get; init; }

    /// <summary>
    /// Share of uploads whose session is forgotten as soon as all bytes are stored: the last chunk is answered with the resource, and
    /// whoever did not get that answer finds no session any more, only the resource.
    /// </summary>
    [Range(0, 100)] public double ForgottenSessionPercent { get; init; }

    /// <summary>Share of chunks over 256 KiB of which only the first half is stored; the answer is 308 with that range.</summary>
    [Range(0, 100)] public double PartialStorePercent { get; init; }

    /// <summary>Share of chunks of which the first half is stored, and which are answered 503.</summary>
    [Range(0, 100)] public double ChunkErrorPercent { get; init; }

    /// <summary>Share of chunks of which the first half is stored, and whose connection is reset.</summary>
    [Range(0, 100)] public double ChunkResetPercent { get; init; }

    // ---- videos and captions ----------------------------------------------------------------------------------------

    /// <summary>Whether the project is not audited: its videos are private and stay so.</summary>
    public bool LockedToPrivate { get; init; }

    /// <summary>Share of videos whose processing fails.</summary>
    [Range(0, 100)] public double ProcessingFailPercent { get; init; }

    /// <summary>The <c>failureReason</c> of those videos: codec, conversion, emptyFile, invalidFile, tooSmall, uploadAborted.</summary>
    [Required] public string FailureReason { get; init; } = "codec";

    /// <summary>Share of videos that YouTube rejects after processing.</summary>
    [Range(0, 100)] public double RejectPercent { get; init; }

    /// <summary>The <c>rejectionReason</c> of those videos: claim, copyright, duplicate, inappropriate, length, termsOfUse …</summary>
    [Required] public string RejectionReason { get; init; } = "duplicate";

    /// <summary>Share of caption uploads that are answered 200 and never appear, although they are good.</summary>
    [Range(0, 100)] public double SwallowCaptionsPercent { get; init; }
}
