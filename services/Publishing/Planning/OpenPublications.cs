using System.Collections.Concurrent;
using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Planning;

/// <summary>The needs of the videos that are not finished, so that their rows are parsed once and not at every plan.</summary>
internal sealed class KnownNeeds : ConcurrentDictionary<Guid, VideoNeeds?>;

/// <summary>Reads the publications at YouTube that are not finished.</summary>
internal sealed class OpenPublications(PublishingDbContext database, KnownNeeds known)
{
    private const string Working = nameof(PublicationStateMachine.Working);
    private const string Published = nameof(PublicationStateMachine.Published);

    // All whose next step has a time: those that wait for a person are in no queue.
    private IQueryable<Publication> All => database.Publications.AsNoTracking()
        .Where(one => one.DueAt != null && one.Channel == PublishingChannel.Youtube
            && (one.CurrentState == Working || one.CurrentState == Published));

    /// <summary>Whether there is anything to plan.</summary>
    public Task<bool> Exist(CancellationToken cancellationToken) => All.AnyAsync(cancellationToken);

    /// <summary>All whose next step has a time.</summary>
    public async Task<List<OpenPublication>> Read(CancellationToken cancellationToken)
    {
        var rows = await All
            .Select(one => new OpenPublication(
                one.CorrelationId, one.EpisodeId, one.EpisodeAt, one.Step, one.ApprovedAt != null, one.PlannedAt,
                one.CaptionsPlannedAt, one.UploadPaidOn, one.CaptionsPaidOn))
            .ToListAsync(cancellationToken);
        await Learn([.. rows.Select(row => row.Id).Where(id => !known.ContainsKey(id))], cancellationToken);
        if (known.Count > 2 * rows.Count)
        {
            foreach (var id in known.Keys.Except(rows.Select(row => row.Id)))
                known.TryRemove(id, out _);
        }

        return rows.ConvertAll(row => row with { Needs = known.GetValueOrDefault(row.Id) });
    }

    private async Task Learn(Guid[] ids, CancellationToken cancellationToken)
    {
        foreach (var some in ids.Chunk(500))
        {
            var rows = await database.Publications.AsNoTracking().Where(one => some.Contains(one.CorrelationId))
                .Select(one => new { one.CorrelationId, one.Show, one.Episode }).ToListAsync(cancellationToken);
            foreach (var row in rows)
                known[row.CorrelationId] = VideoNeeds.Of(row.Show, row.Episode);
        }
    }
}

/// <summary>A row as the plan needs it.</summary>
internal sealed record OpenPublication(
    Guid Id, Guid EpisodeId, DateTimeOffset EpisodeAt, Step Step, bool IsApproved, DateTimeOffset? PlannedAt,
    DateTimeOffset? CaptionsPlannedAt, DateOnly? UploadPaidOn, DateOnly? CaptionsPaidOn)
{
    /// <summary>Null if its show had no channel at YouTube.</summary>
    public VideoNeeds? Needs { get; init; }

    public OpenVideo Video(YouTubeOptions costs, DateOnly today, DateTimeOffset? pausedUntil) => new(
        Id, EpisodeAt, Step > Step.Prepare || (UploadPaidOn == today && pausedUntil is null), Needs!.UnitsFrom(Step, costs), PlannedAt,
        pausedUntil,
        Needs.Captions == CaptionsPolicy.Trailing && Step <= Step.TrailingCaptions && CaptionsPaidOn != today
            && (IsApproved || !Needs.NeedsApproval),
        CaptionsPlannedAt, Step == Step.ConfirmCaptions);
}
