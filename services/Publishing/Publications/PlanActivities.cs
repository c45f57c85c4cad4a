using Podcast.Publishing.Planning;

namespace Podcast.Publishing.Publications;

/// <summary>What the state machine does when the plan has changed, or a person wants another attempt.</summary>
internal static class PlanActivities
{
    /// <summary>Takes a changed plan. If the publication waits for its place, it waits until the new time.</summary>
    public static EventActivityBinder<Publication, PublicationReplanned> Replan(
        this EventActivityBinder<Publication, PublicationReplanned> on) =>
        on.Then(x =>
        {
            var (saga, plan) = (x.Saga, x.Message);
            (saga.PlannedAt, saga.CaptionsPlannedAt, saga.PlannedWhy) = (plan.PlannedAt, plan.CaptionsPlannedAt, plan.Why);
            var place = saga.Step switch
            {
                Step.Prepare => plan.PlannedAt,
                Step.TrailingCaptions => plan.CaptionsPlannedAt,
                _ => null,
            };
            if (saga is { IsAsked: false, Waits: > 0, IsHeld: false } && place is not null)
                (saga.DueAt, saga.DueClaims, saga.Reason) = (place, 0, plan.Why);
        });

    /// <summary>True if a time of the plan has changed.</summary>
    public static bool IsNews(this BehaviorContext<Publication, PublicationReplanned> x) =>
        Place.Differs(x.Saga.PlannedAt, x.Message.PlannedAt, x.Now)
        || Place.Differs(x.Saga.CaptionsPlannedAt, x.Message.CaptionsPlannedAt, x.Now);

    /// <summary>A channel that takes no uploads is asked once more after it.</summary>
    public static EventActivityBinder<Publication, RetryPublication> NoteRetry(
        this EventActivityBinder<Publication, RetryPublication> on) => on.Then(x => x.Saga.RetriedAt = x.Now);

    /// <summary>
    /// Takes the settings that the show has now, because a person may have corrected them. What has begun on the channel goes on by
    /// the settings that it began with.
    /// </summary>
    public static EventActivityBinder<Publication, RetryPublication> TakeNewestShow(
        this EventActivityBinder<Publication, RetryPublication> on) =>
        on.If(x => x.Saga is { RemoteId: null, Session: null, WasSessionLost: false }, fresh => fresh.ThenAsync(async x =>
        {
            var database = x.GetPayload<IServiceProvider>().GetRequiredService<PublishingDbContext>();
            x.Saga.Show = (await database.ShowOf(x.Saga.Episode, x.CancellationToken))?.Settings ?? x.Saga.Show;
        }));
}
