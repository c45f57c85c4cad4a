namespace Podcast.Publishing.Planning;

/// <summary>When the parts of a publication have a place in the quotas of its Google project.</summary>
/// <param name="UploadAt">When its upload begins, or began; null if it is not known.</param>
/// <param name="CaptionsAt">When captions that follow a public video are added; null if none are to come, or if it is not known.</param>
/// <param name="Why">Why then; for display.</param>
/// <param name="CheckAt">When these captions are looked for; null if they are not attached yet.</param>
internal sealed record Place(DateTimeOffset? UploadAt, DateTimeOffset? CaptionsAt, string? Why, DateTimeOffset? CheckAt = null)
{
    /// <summary>True if a person must be told: two times that have both come are the same.</summary>
    public static bool Differs(DateTimeOffset? one, DateTimeOffset? other, DateTimeOffset now) =>
        one != other && !(one <= now && other <= now);
}
