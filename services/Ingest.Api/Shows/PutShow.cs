namespace Podcast.Ingest.Api.Shows;

/// <summary>The body of <c>PUT /shows/{slug}</c>; see <see cref="ShowSettings"/>.</summary>
/// <param name="TimeZone">An IANA name; null means UTC.</param>
/// <param name="Captions"><c>before_public</c>, <c>trailing</c> or <c>off</c>; null means trailing.</param>
/// <param name="Approval"><c>auto</c> or <c>approve</c>; null means auto.</param>
internal sealed record PutShow(
    [property: Required, MaxLength(EpisodeTexts.LongestTitle), PlainText] string Name,
    [property: MinLength(1), DistinctTasks] IReadOnlyList<ShowTask>? Tasks = null,
    [property: LanguageTag] string? Language = null,
    [property: TimeZoneName] string? TimeZone = null,
    [property: MaxLength(EpisodeTexts.LongestTitle), PlainText, Pattern] string? TitlePattern = null,
    [property: MaxLength(EpisodeTexts.LongestDescription), PlainText(lines: true), Pattern] string? DescriptionPattern = null,
    [property: Word<CaptionsPolicy>] string? Captions = null,
    [property: Word<ApprovalPolicy>] string? Approval = null,
    ChannelsOfShow? Channels = null)
{
    public ShowSettings Settings() => new(
        Name, Tasks?.Select(task => task.Planned()).ToArray(), Language, TimeZone ?? TimeZoneInfo.Utc.Id, TitlePattern, DescriptionPattern,
        WireNames<CaptionsPolicy>.Find(Captions) ?? CaptionsPolicy.Trailing,
        WireNames<ApprovalPolicy>.Find(Approval) ?? ApprovalPolicy.Auto,
        new ShowChannels(Channels?.Transistor?.Settings(), Channels?.Youtube?.Settings()));
}

/// <summary>A task of a show's plan.</summary>
/// <param name="Kind">A word that an upload's <c>tasks</c> may contain.</param>
/// <param name="Required">False: an episode counts as processed even if this task fails. Null means true; false for a thumbnail.</param>
internal sealed record ShowTask(
    [property: Required, TaskName] string Kind, bool? Required = null, OptionsOfTask? Options = null)
{
    public PlannedTask Planned()
    {
        var task = PlannedTask.Of(TaskNames.Parse(Kind)!.Value);
        return task with { Required = Required ?? task.Required, Options = Options?.Settings() };
    }
}

/// <summary>See <see cref="TaskOptions"/>.</summary>
internal sealed record OptionsOfTask(
    [property: MaxLength(EpisodeTexts.LongestOption), PlainText] string? Format = null,
    [property: Range(32_000, 60_000_000)] int? Bitrate = null,
    [property: Range(1, 2)] int? Channels = null,
    [property: MaxLength(EpisodeTexts.LongestOption), PlainText] string? Codec = null,
    [property: Range(16, 8192)] int? Width = null,
    [property: Range(16, 8192)] int? Height = null,
    [property: Range(1, 60)] int? Fps = null,
    [property: LanguageTag] string? Language = null,
    [property: Range(0.0, 1_000_000.0)] double? Start = null)
{
    public TaskOptions Settings() => new(Format, Bitrate, Channels, Codec, Width, Height, Fps, Language, Start);
}

/// <summary>Where a show's episodes are published; null: not there.</summary>
internal sealed record ChannelsOfShow(TransistorOfShow? Transistor = null, YoutubeOfShow? Youtube = null);

/// <summary>See <see cref="TransistorChannel"/>.</summary>
internal sealed record TransistorOfShow(
    [property: Required, AccountName] string Account,
    [property: Required, MaxLength(100), PlainText] string ShowId,
    bool? Video = null)
{
    public TransistorChannel Settings() => new(Account, ShowId, Video ?? false);
}

/// <summary>See <see cref="YoutubeChannel"/>.</summary>
/// <param name="Privacy"><c>public</c>, <c>unlisted</c> or <c>private</c>; null means private.</param>
/// <param name="Tags">At most 500 characters together, YouTube's limit; with placeholders, as patterns have them.</param>
internal sealed record YoutubeOfShow(
    [property: Required, AccountName] string Account,
    [property: Required, YoutubeId] string ChannelId,
    [property: Word<VideoPrivacy>] string? Privacy = null,
    [property: YoutubeId] string? CategoryId = null,
    [property: Tags, Pattern] IReadOnlyList<string>? Tags = null,
    bool? MadeForKids = null,
    bool? SyntheticMedia = null,
    [property: YoutubeId] string? PlaylistId = null)
{
    public YoutubeChannel Settings() => new(
        Account, ChannelId, WireNames<VideoPrivacy>.Find(Privacy) ?? VideoPrivacy.Private, CategoryId, Tags ?? [],
        MadeForKids ?? false, SyntheticMedia ?? false, PlaylistId);
}
