using System.Linq.Expressions;

namespace Podcast.Publishing.Publications;

/// <summary>
/// The publication of one episode on one channel: <see cref="Course"/> has the order of the steps, <see cref="PublicationActivities"/>
/// the activities. Every event is handled or ignored in every state.
/// </summary>
public sealed class PublicationStateMachine : MassTransitStateMachine<Publication>
{
    public PublicationStateMachine()
    {
        Event(() => Planned, x => x.CorrelateById(m => PublicationId.Of(m.Message.EpisodeId, m.Message.Channel)));
        Correlate(() => StepEnded, x => PublicationId.Of(x.EpisodeId, x.Channel));
        Correlate(() => Due, x => x.PublicationId);
        Correlate(() => Replanned, x => PublicationId.Of(x.EpisodeId, x.Channel));
        Correlate(() => Approve, x => PublicationId.Of(x.EpisodeId, x.Channel));
        Correlate(() => Retry, x => PublicationId.Of(x.EpisodeId, x.Channel));
        Correlate(() => Hold, x => PublicationId.Of(x.EpisodeId, x.Channel));
        Correlate(() => Resume, x => PublicationId.Of(x.EpisodeId, x.Channel));
        Correlate(() => Move, x => PublicationId.Of(x.EpisodeId, x.Channel));
        Correlate(() => Retract, x => PublicationId.Of(x.EpisodeId, x.Channel));

        InstanceState(x => x.CurrentState);

        Initially(
            When(Planned).Plan().AskForStep().TransitionTo(Working).PublishSnapshot());

        WhenEnter(Published, x => x.PublishSuccess());
        WhenEnter(Failed, x => x.PublishFailure());

        During(Working,
            When(StepEnded, IsCurrent).Record()
                .IfElse(x => x.Saga.RetractedBy is not null,
                    retracted => retracted.Retract(this),
                    wanted => wanted.IfElse(x => x.Saga.Step == Step.Confirm && IsDone(x),
                        released => released.MarkPublished().GoOn().TransitionTo(Published),
                        under => under.IfElse(x => x.IsStopped(),
                            refused => refused.Stop().TransitionTo(Failed),
                            working => working.GoOn().If(x => x.Saga is { IsAsked: false, DueAt: null, IsHeld: false },
                                ready => ready.TransitionTo(AwaitsApproval)))))
                .PublishSnapshot(),
            When(Due, IsClaimed).AskForStep(again: true),
            When(Replanned, IsNews).Replan().PublishSnapshot(),
            When(Retry, IsWaiting).NoteRetry().AskForStep(again: true).PublishSnapshot(),
            When(Approve).Approve().PublishSnapshot(),
            When(Hold, x => x.Saga is { HeldAt: null, Step: <= Step.Release }).Hold().PublishSnapshot(),
            When(Resume, x => x.Saga.IsHeld).LetGo()
                .IfElse(x => x.Saga is { Step: Step.Release, NeedsApproval: true, IsAsked: false },
                    ready => ready.TransitionTo(AwaitsApproval),
                    free => free.If(x => !x.Saga.IsAsked, idle => idle.AskForStep(again: true)))
                .PublishSnapshot());

        During([Working, AwaitsApproval, Failed],
            When(Move, x => x.Saga.Step <= Step.Release).Move().PublishSnapshot());

        During(AwaitsApproval,
            When(Approve).Approve().AskForStep().TransitionTo(Working).PublishSnapshot());

        // Captions may still be missing.
        During(Published,
            When(StepEnded, IsCurrent).Record()
                .IfElse(x => x.Saga.RetractedBy is not null,
                    retracted => retracted.Retract(this),
                    wanted => wanted.IfElse(IsRefused, refused => refused.NoteFailure(), under => under.GoOn()))
                .PublishSnapshot(),
            When(Due, IsClaimed).AskForStep(again: true),
            When(Replanned, IsNews).Replan().PublishSnapshot(),
            When(Retry, IsWaiting).NoteRetry().AskForStep(again: true));

        During(Failed,
            When(Retry).NoteRetry().TakeNewestShow().AskForStep(again: true).TransitionTo(Working).PublishSnapshot());

        During(Retracting,
            When(StepEnded, IsCurrent).Record()
                .IfElse(IsDone,
                    down => down.TransitionTo(Retracted),
                    under => under.IfElse(IsRefused, refused => refused.Stop(), working => working.GoOn()))
                .PublishSnapshot(),
            When(Due, IsClaimed).AskForStep(again: true),
            When(Retry, x => !x.Saga.IsAsked).AskForStep(again: true));

        // A step that is under way ends first: it may be the release.
        During([Working, AwaitsApproval, Published, Failed],
            When(Retract).WantRetraction()
                .If(x => !x.Saga.IsAsked, idle => idle.Retract(this))
                .PublishSnapshot());

        During([Working, AwaitsApproval, Published, Failed, Retracting, Retracted],
            Ignore(Planned)); // a duplicate, or outputs that were made anew: what is published stays as it is

        During([AwaitsApproval, Failed, Retracted], Ignore(StepEnded), Ignore(Due));
        During([AwaitsApproval, Failed, Retracting, Retracted], Ignore(Replanned));
        During([AwaitsApproval, Retracted], Ignore(Retry));
        During([Published, Failed, Retracting, Retracted], Ignore(Approve));
        During([Retracting, Retracted], Ignore(Retract));
        During([AwaitsApproval, Published, Failed, Retracting, Retracted], Ignore(Hold), Ignore(Resume));
        During([Published, Retracting, Retracted], Ignore(Move));
    }

    /// <summary>A step is under way or waits for its time.</summary>
    public State Working { get; } = null!;
    /// <summary>Everything is on the channel, and a person must approve the release.</summary>
    public State AwaitsApproval { get; } = null!;
    /// <summary>It is public or scheduled, and was read back.</summary>
    public State Published { get; } = null!;
    /// <summary>A step was refused; a person may retry it.</summary>
    public State Failed { get; } = null!;
    /// <summary>It is being taken down.</summary>
    public State Retracting { get; } = null!;
    /// <summary>It was taken down.</summary>
    public State Retracted { get; } = null!;

    public Event<PlanPublication> Planned { get; } = null!;
    public Event<PublicationStepEnded> StepEnded { get; } = null!;
    public Event<PublicationDue> Due { get; } = null!;
    public Event<PublicationReplanned> Replanned { get; } = null!;
    public Event<ApprovePublication> Approve { get; } = null!;
    public Event<RetryPublication> Retry { get; } = null!;
    public Event<HoldPublication> Hold { get; } = null!;
    public Event<ResumePublication> Resume { get; } = null!;
    public Event<MoveRelease> Move { get; } = null!;
    public Event<RetractPublication> Retract { get; } = null!;

    private static bool IsCurrent(BehaviorContext<Publication, PublicationStepEnded> x) =>
        x.Saga.IsAsked && x.Saga.Turn == x.Message.Turn;

    private static bool IsWaiting(BehaviorContext<Publication, RetryPublication> x) => x.Saga is { IsAsked: false, DueAt: not null };

    // Otherwise the step was asked for since: the sweep had told it twice, because the saga had much to do.
    private static bool IsClaimed(BehaviorContext<Publication, PublicationDue> x) => x.Saga.DueClaims > 0;

    private static bool IsNews(BehaviorContext<Publication, PublicationReplanned> x) => x.IsNews();

    private static bool IsDone(BehaviorContext<Publication, PublicationStepEnded> x) => x.Message.Outcome == StepOutcome.Done;

    private static bool IsRefused(BehaviorContext<Publication, PublicationStepEnded> x) => x.IsRefused();

    private void Correlate<T>(Expression<Func<Event<T>>> @event, Func<T, Guid> id)
        where T : class =>
        Event(@event, x => x.CorrelateById(m => id(m.Message)).OnMissingInstance(missing => missing.Discard()));
}
