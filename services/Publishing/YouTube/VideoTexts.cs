using System.Text.Json.Nodes;
using Podcast.ShowNotes;

namespace Podcast.Publishing.YouTube;

/// <summary>The resource of a video before and at its release.</summary>
internal sealed class VideoTexts(PublishedTexts texts)
{
    private const string DefaultCategory = "22"; // People & Blogs, which YouTube itself takes when none is given

    /// <exception cref="StepException">YouTube would refuse the texts.</exception>
    public async Task<(YouTubeMetadata Metadata, ChapterList Chapters)> Compile(
        Publication publication, CancellationToken cancellationToken)
    {
        var chapters = await texts.Chapters(publication, cancellationToken);
        var metadata = PublishedTexts.YouTube(publication, chapters);
        return metadata.Violations.Count == 0
            ? (metadata, chapters)
            : throw StepException.Refused(
                string.Join(' ', metadata.Violations.Select(violation => violation.Message)),
                "Correct the show's patterns and retry, or upload the episode again with other texts.");
    }

    /// <summary>The video while it is uploaded: private, and found by the reference in its description.</summary>
    public static JsonObject Uploaded(Publication publication, YouTubeMetadata metadata) => new()
    {
        ["snippet"] = Snippet(
            publication, metadata, $"The description follows when the video is released. Reference: {publication.Reference}"),
        ["status"] = Status(publication, "private"),
    };

    /// <summary>The video at its release, which is a planned one if the time is in the future.</summary>
    public static JsonObject Released(Publication publication, YouTubeMetadata metadata, DateTimeOffset now)
    {
        var isPlanned = publication.ReleaseAt > now && publication.Show.Channels.Youtube!.Privacy == VideoPrivacy.Public;
        var status = Status(publication, isPlanned ? "private" : WireNames<VideoPrivacy>.Of(publication.Show.Channels.Youtube!.Privacy));
        if (isPlanned)
            status["publishAt"] = publication.ReleaseAt!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        return new JsonObject
        {
            ["id"] = publication.RemoteId,
            ["snippet"] = Snippet(publication, metadata, metadata.Description),
            ["status"] = status,
        };
    }

    private static JsonObject Snippet(Publication publication, YouTubeMetadata metadata, string description)
    {
        var channel = publication.Show.Channels.Youtube!;
        var snippet = new JsonObject
        {
            ["title"] = metadata.Title,
            ["description"] = description,
            ["categoryId"] = channel.CategoryId ?? DefaultCategory,
        };
        if (metadata.Tags.Count > 0)
            snippet["tags"] = new JsonArray([.. metadata.Tags.Select(tag => JsonValue.Create(tag))]);
        if (publication.Show.Language is { } language)
            (snippet["defaultLanguage"], snippet["defaultAudioLanguage"]) = (language, language);
        return snippet;
    }

    private static JsonObject Status(Publication publication, string privacy) => new()
    {
        ["privacyStatus"] = privacy,
        ["selfDeclaredMadeForKids"] = publication.Show.Channels.Youtube!.MadeForKids,
        ["containsSyntheticMedia"] = publication.Show.Channels.Youtube!.SyntheticMedia,
    };
}
