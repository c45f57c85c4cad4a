namespace Podcast.Ingest.Api.Shows;

/// <summary>A show in JSON: its last <see cref="PutShow"/>, with what we add. Times are UTC.</summary>
/// <param name="Version">Grows with each PUT.</param>
internal sealed record ShowView(
    string Slug, string Name, IReadOnlyList<ShowTask>? Tasks, string? Language, string TimeZone, string? TitlePattern,
    string? DescriptionPattern, string Captions, string Approval, ChannelsOfShow Channels, int Version, DateTime CreatedAt,
    DateTime UpdatedAt)
{
    public static ShowView Of(Show show)
    {
        var (put, settings) = (show.Put, show.Put.Settings());
        return new(
            show.Slug, put.Name, put.Tasks, put.Language, settings.TimeZone, put.TitlePattern, put.DescriptionPattern,
            WireNames<CaptionsPolicy>.Of(settings.Captions), WireNames<ApprovalPolicy>.Of(settings.Approval),
            put.Channels ?? new ChannelsOfShow(), show.Version, show.CreatedAt.UtcDateTime, show.UpdatedAt.UtcDateTime);
    }
}

/// <summary>The shows of an owner, by slug.</summary>
internal sealed record ShowList(IReadOnlyList<ShowView> Shows);
