namespace Podcast.Publishing.Publications;

/// <summary>What the state machine does.</summary>
internal static class PublicationActivities
{
    public static EventActivityBinder<Publication, PlanPublication> Plan(this EventActivityBinder<Publication, PlanPublication> on) =>
        on.Then(x =>
        {
            x.Saga.EpisodeId = x.Message.EpisodeId;
            x.Saga.Channel = x.Message.Channel;
            x.Saga.Episode = x.Message.Episode;
            x.Saga.Show = x.Message.Show;
            x.Saga.EpisodeAt = x.Message.Episode.At.ToUniversalTime();
            (x.Saga.CreatedAt, x.Saga.PlannedAt) = (x.Now, x.Now); // unless the plan says otherwise
        });

    /// <summary>Asks for the step. Again: its earlier command may have been lost, or be under way.</summary>
    public static EventActivityBinder<Publication, T> AskForStep<T>(this EventActivityBinder<Publication, T> on, bool again = false)
        where T : class =>
        on.ThenAsync(x => x.Ask(again));

    public static EventActivityBinder<Publication, PublicationStepEnded> Record(
        this EventActivityBinder<Publication, PublicationStepEnded> on) =>
        on.Then(x =>
        {
            if (x.Message.Receipt is { } receipt)
            {
                x.Saga.Record(receipt);
                if (receipt.PlannedAt is not null || receipt.CaptionsPlannedAt is not null)
                    x.Saga.PlannedWhy = x.Message.Reason;
            }

            x.Saga.IsAsked = false;
            x.Saga.DueAt = null;
            x.Saga.Reason = x.Message.Reason;
            x.Saga.Advice = x.Message.Advice;
            x.Saga.Failures = x.Message.Outcome == StepOutcome.Failed ? x.Saga.Failures + 1 : 0;
            x.Saga.Waits = x.Message.Outcome == StepOutcome.Later ? x.Saga.Waits + 1 : 0;
        });

    /// <summary>Begins the next step, the same one once more, or its wait. Before the release it stops for a person's approval.</summary>
    public static EventActivityBinder<Publication, PublicationStepEnded> GoOn(
        this EventActivityBinder<Publication, PublicationStepEnded> on) =>
        on.ThenAsync(async x =>
        {
            var (saga, options, outcome) = (x.Saga, x.Options, x.Message.Outcome);
            if (x.IsRefused())
            {
                // What cannot be done without the step does not come here.
                saga.Record(new PublicationReceipt(Notes: [$"Without the {saga.Step.Name}: {x.Message.Reason}"]));
                (saga.Failures, saga.Reason, saga.Advice, outcome) = (0, null, null, StepOutcome.Done);
            }

            switch (outcome)
            {
                case StepOutcome.Done when Course.Next(saga) is { } next:
                    saga.Step = next;
                    if (!saga.IsHeld && (next != Step.Release || !saga.NeedsApproval))
                        await x.Ask(again: false);
                    break;
                case StepOutcome.More when !saga.IsHeld:
                    await x.Ask(again: false);
                    break;
                case StepOutcome.SessionLost:
                    (saga.Step, saga.Session, saga.Sent, saga.WasSessionLost) = (Step.Prepare, null, 0, true);
                    if (!saga.IsHeld)
                        await x.Ask(again: true);
                    break;
                case StepOutcome.Later when !saga.IsHeld:
                    saga.DueAt = x.Message.Until ?? x.Now + Growing(options.CheckAfter, options.MaxCheckGap, saga.Waits);
                    break;
                case StepOutcome.Failed when !saga.IsHeld:
                    saga.DueAt = x.Message.Until ?? x.Now + Growing(options.RetryDelay, options.MaxRetryDelay, saga.Failures);
                    break;
            }
        });

    public static EventActivityBinder<Publication, PublicationStepEnded> MarkPublished(
        this EventActivityBinder<Publication, PublicationStepEnded> on) => on.Then(x => x.Saga.PublishedAt = x.Now);

    /// <summary>Nothing more is done without a person.</summary>
    public static EventActivityBinder<Publication, PublicationStepEnded> Stop(
        this EventActivityBinder<Publication, PublicationStepEnded> on) =>
        on.Then(x => x.Saga.Failures = 0);

    /// <summary>What a public item lacks is only noted.</summary>
    public static EventActivityBinder<Publication, PublicationStepEnded> NoteFailure(
        this EventActivityBinder<Publication, PublicationStepEnded> on) =>
        on.Then(x => x.Saga.Record(new PublicationReceipt(Notes: [$"{x.Saga.Step.Name}: {x.Message.Reason}"])));

    public static EventActivityBinder<Publication, ApprovePublication> Approve(
        this EventActivityBinder<Publication, ApprovePublication> on) =>
        on.Then(x => (x.Saga.ApprovedBy, x.Saga.ApprovedAt) = (x.Message.By, x.Message.At.ToUniversalTime()));

    public static EventActivityBinder<Publication, RetractPublication> WantRetraction(
        this EventActivityBinder<Publication, RetractPublication> on) =>
        on.Then(x => (x.Saga.RetractedBy, x.Saga.Reason, x.Saga.Advice) = (x.Message.By, x.Message.Why, null));

    /// <summary>Takes down what was made; without an item there is nothing to do.</summary>
    public static EventActivityBinder<Publication, T> Retract<T>(
        this EventActivityBinder<Publication, T> on, PublicationStateMachine machine)
        where T : class =>
        on.Then(x => (x.Saga.Step, x.Saga.DueAt, x.Saga.Failures, x.Saga.Waits) = (Step.Retract, null, 0, 0))
            .IfElse(x => x.Saga.RemoteId is null,
                nothing => nothing.TransitionTo(machine.Retracted),
                made => made.AskForStep().TransitionTo(machine.Retracting));

    public static EventActivityBinder<Publication, T> PublishSnapshot<T>(this EventActivityBinder<Publication, T> on)
        where T : class =>
        on.Publish(x =>
        {
            x.Saga.Version++;
            return x.Saga.Snapshot(x.Now);
        });

    public static EventActivityBinder<Publication> PublishSuccess(this EventActivityBinder<Publication> on) =>
        on.Publish(x => new EpisodePublished(
            x.Saga.EpisodeId, x.Saga.Channel, x.Saga.Episode.OwnerId, x.Saga.RemoteId!, x.Saga.Link, x.Now, x.Saga.PublicAt));

    public static EventActivityBinder<Publication> PublishFailure(this EventActivityBinder<Publication> on) =>
        on.Publish(x => new PublishingFailed(
            x.Saga.EpisodeId, x.Saga.Channel, x.Saga.Episode.OwnerId, x.Saga.Reason ?? "The channel gave no reason.",
            x.Saga.Advice, x.Now));

    /// <summary>True if only a person can help: the step was refused, or failed too often.</summary>
    public static bool IsRefused(this BehaviorContext<Publication, PublicationStepEnded> x) =>
        x.Message.Outcome == StepOutcome.Refused || x.Saga.Failures >= x.Options.MaxFailures;

    /// <summary>True if the item cannot become public without what was refused.</summary>
    public static bool IsStopped(this BehaviorContext<Publication, PublicationStepEnded> x) =>
        x.IsRefused() && x.Saga.Step != Step.Thumbnail;

    private static Task Ask(this BehaviorContext<Publication> x, bool again)
    {
        if (!x.Saga.IsAsked)
            x.Saga.Turn++;
        (x.Saga.IsAsked, x.Saga.DueAt, x.Saga.DueClaims) = (true, x.Now + x.Options.UnansweredAfter, 0);
        var command = x.Saga.Command(again || x.Saga.Failures > 0);
        return x.Publish(command, command.GetType());
    }

    private static TimeSpan Growing(TimeSpan first, TimeSpan longest, int times)
    {
        var wait = first * Math.Pow(2, Math.Clamp(times - 1, 0, 20));
        return wait < longest ? wait : longest;
    }
}
