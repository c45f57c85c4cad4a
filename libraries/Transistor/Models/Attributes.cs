namespace Podcast.Transistor;

/// <summary>The user of a key (developers.transistor.fm, "User"); the e-mail address is not among it.</summary>
public sealed record UserAttributes(string? Name, string? TimeZone);

/// <summary>A show (developers.transistor.fm, "Show").</summary>
/// <param name="TimeZone">The zone in which <see cref="PublishForm.PublishedAt"/> is read.</param>
public sealed record ShowAttributes(string? Title, string? Slug, string? FeedUrl, string? TimeZone, bool? Private);

/// <summary>An episode (developers.transistor.fm, "Episode").</summary>
public sealed record EpisodeAttributes
{
    public string? Title { get; init; }

    public int? Number { get; init; }

    public int? Season { get; init; }

    /// <summary>See <see cref="EpisodeStatus"/>.</summary>
    public string? Status { get; init; }

    /// <summary>Null for drafts.</summary>
    [JsonConverter(typeof(TransistorTime))]
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>In seconds; null until the audio was processed.</summary>
    public double? Duration { get; init; }

    /// <summary>The audio that listeners get.</summary>
    public string? MediaUrl { get; init; }

    public string? ShareUrl { get; init; }

    /// <summary>True while the audio is fetched and encoded.</summary>
    public bool? AudioProcessing { get; init; }

    /// <summary>True while a video is fetched and encoded; null without one.</summary>
    public bool? VideoProcessing { get; init; }

    /// <summary>Why the audio could not be processed; empty if it could.</summary>
    public string? ProcessingFailure { get; init; }

    public string? Summary { get; init; }

    /// <summary>HTML.</summary>
    public string? Description { get; init; }

    public string? YoutubeUrl { get; init; }

    public string? VideoUrl { get; init; }

    public string? TranscriptUrl { get; init; }

    /// <summary>Whether there is audio to hear, so that publishing does not send silence.</summary>
    [JsonIgnore]
    public bool IsReadyToPublish => AudioProcessing == false && string.IsNullOrEmpty(ProcessingFailure) && !string.IsNullOrEmpty(MediaUrl);
}

/// <summary>The states of an episode.</summary>
public static class EpisodeStatus
{
    public const string Draft = "draft";
    public const string Scheduled = "scheduled";
    public const string Published = "published";
}

/// <summary>
/// Where to put one file (developers.transistor.fm, "AudioUpload"). Whoever has <see cref="UploadUrl"/> can use it: never log it.
/// </summary>
public sealed record AudioUpload
{
    public required Uri UploadUrl { get; init; }

    /// <summary>The type with which the file must be put.</summary>
    public required string ContentType { get; init; }

    /// <summary>The life of the address, in seconds.</summary>
    public int? ExpiresIn { get; init; }

    /// <summary>What <see cref="EpisodeForm.AudioUrl"/> must be after the upload.</summary>
    public required Uri AudioUrl { get; init; }

    /// <summary>Without the signature.</summary>
    public override string ToString() => Redactor.Line($"{ContentType} to {UploadUrl}");
}
