using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>
/// The complete settings of a show after it was created or replaced, for services that act by them. A consumer keeps the one with
/// the highest <see cref="Version"/> of each owner and slug, and may then receive them in any order and more than once.
/// </summary>
/// <param name="OwnerId">The user to whom the show belongs: the <c>sub</c> of their token.</param>
/// <param name="Slug">The show's name in addresses and in <see cref="EpisodeUploaded.Show"/>; unique for the owner.</param>
/// <param name="Version">1, 2, 3 …; each replacement has the next number.</param>
/// <param name="At">When this version was made.</param>
public sealed record ShowChanged(string OwnerId, string Slug, int Version, ShowSettings Settings, DateTimeOffset At);

/// <summary>What a team decides once for all episodes of a show.</summary>
/// <param name="Name">The title of the show, for people.</param>
/// <param name="Tasks">The plan of an episode whose upload names none; null means audio, video and transcript.</param>
/// <param name="Language">The language of the show and of what is spoken in it, BCP 47.</param>
/// <param name="TimeZone">The time zone of the show's times of publication, IANA: <c>Europe/Berlin</c>.</param>
/// <param name="TitlePattern">The title under which an episode is published, with <see cref="ShowPattern.Placeholders"/>; null
/// means the episode's own.</param>
/// <param name="DescriptionPattern">The same for the description.</param>
/// <param name="Captions">When captions are added to the published video.</param>
/// <param name="Approval">Whether a person approves each publication.</param>
/// <param name="Channels">Where episodes are published.</param>
public sealed record ShowSettings(
    string Name,
    IReadOnlyList<PlannedTask>? Tasks,
    string? Language,
    string TimeZone,
    string? TitlePattern,
    string? DescriptionPattern,
    CaptionsPolicy Captions,
    ApprovalPolicy Approval,
    ShowChannels Channels);

/// <summary>Where the episodes of a show are published; null: not there.</summary>
public sealed record ShowChannels(TransistorChannel? Transistor = null, YoutubeChannel? Youtube = null);

/// <summary>A podcast at Transistor.</summary>
/// <param name="Account">The name of the credentials, which are kept by the service that publishes.</param>
/// <param name="ShowId">Transistor's id or slug of the show.</param>
/// <param name="Video">True if the show's plan at Transistor includes video: it gets the episode's video too.</param>
public sealed record TransistorChannel(string Account, string ShowId, bool Video = false);

/// <summary>A channel at YouTube, and what its videos get. The fields are those of the resource <c>videos</c>.</summary>
/// <param name="Account">The name of the credentials, which are kept by the service that publishes.</param>
/// <param name="ChannelId">YouTube's id of the channel, to which the credentials must belong.</param>
/// <param name="CategoryId">YouTube's id of the category; null leaves the choice to the publishing service.</param>
/// <param name="MadeForKids"><c>status.selfDeclaredMadeForKids</c>.</param>
/// <param name="SyntheticMedia"><c>status.containsSyntheticMedia</c>.</param>
/// <param name="PlaylistId">The playlist to which videos are added.</param>
public sealed record YoutubeChannel(
    string Account,
    string ChannelId,
    VideoPrivacy Privacy,
    string? CategoryId,
    IReadOnlyList<string> Tags,
    bool MadeForKids,
    bool SyntheticMedia,
    string? PlaylistId = null);

/// <summary>When captions are added to a published video; YouTube's quota allows about 25 captions a day.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaptionsPolicy>))]
public enum CaptionsPolicy
{
    /// <summary>Before the video becomes public.</summary>
    [JsonStringEnumMemberName("before_public")]
    BeforePublic,

    /// <summary>When there is quota for them; the video does not wait.</summary>
    [JsonStringEnumMemberName("trailing")]
    Trailing,

    /// <summary>Never.</summary>
    [JsonStringEnumMemberName("off")]
    Off,
}

/// <summary>Whether a person approves each publication.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalPolicy>))]
public enum ApprovalPolicy
{
    /// <summary>A processed episode is published.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>A processed episode waits for a person's approval.</summary>
    [JsonStringEnumMemberName("approve")]
    Approve,
}

/// <summary>YouTube's <c>status.privacyStatus</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VideoPrivacy>))]
public enum VideoPrivacy
{
    /// <summary>Everybody finds the video.</summary>
    [JsonStringEnumMemberName("public")]
    Public,

    /// <summary>Everybody with the link sees the video.</summary>
    [JsonStringEnumMemberName("unlisted")]
    Unlisted,

    /// <summary>Only the channel sees the video.</summary>
    [JsonStringEnumMemberName("private")]
    Private,
}
