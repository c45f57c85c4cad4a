using System.Linq.Expressions;

namespace Podcast.Orchestrator.Episodes;

/// <summary>
/// The states of an episode and the transitions between them. <see cref="EpisodeActivities"/> holds the activities,
/// <see cref="TaskEntry"/> the rules that settle a task. Every event is handled or ignored in every state.
/// </summary>
public sealed class EpisodeStateMachine : MassTransitStateMachine<EpisodeState>
{
    public EpisodeStateMachine()
    {
        Event(() => Uploaded, x => x.CorrelateById(m => m.Message.EpisodeId));
        Correlate(() => TaskStarted, x => x.EpisodeId);
        Correlate(() => TaskProgressed, x => x.EpisodeId);
        Correlate(() => TaskCompleted, x => x.EpisodeId);
        Correlate(() => TaskFailed, x => x.EpisodeId);
        Correlate(() => TaskDeferred, x => x.EpisodeId);
        Correlate(() => TranscriptStored, x => x.EpisodeId);
        Correlate(() => TranscriptRejected, x => x.EpisodeId);
        Correlate(() => CollectTranscriptFaulted, x => x.Message.EpisodeId);
        Correlate(() => OutputsChecked, x => x.EpisodeId);
        Correlate(() => OutputCheckDelayed, x => x.EpisodeId);
        Correlate(() => CheckOutputsFaulted, x => x.Message.EpisodeId);
        Correlate(() => Due, x => x.EpisodeId);
        Correlate(() => Retry, x => x.EpisodeId);
        Correlate(() => Cancel, x => x.EpisodeId);
        Correlate(() => Resume, x => x.EpisodeId);
        Correlate(() => Republish, x => x.EpisodeId);

        InstanceState(x => x.CurrentState);

        Initially(
            When(Uploaded)
                .Plan()
                .IfElse(x => x.Saga.Reason is null,
                    ready => ready.RequestTasks().TransitionTo(Processing),
                    refused => refused.TransitionTo(Failed))
                .PublishSnapshot());

        WhenEnter(Completing, made => made.ThenAsync(x => x.FollowUp()));
        WhenEnter(Processed, done => done.Then(x => x.Saga.Complete(x.Now)).Publish(x => x.Saga.Processed()));
        WhenEnter(Failed, failed => failed.Publish(x => x.Saga.Failed(x.Now)));
        WhenLeave(Held, rest => rest.Then(x => x.Saga.BeginTerm(x.Now, x.Options, x.Schedule)));
        WhenLeave(Failed, rest => rest.Then(x => x.Saga.BeginTerm(x.Now, x.Options, x.Schedule)));

        // Held too: a late result may be the one that is missing.
        During([Processing, Held],
            When(TaskStarted).Record().PublishSnapshot(),
            When(TaskProgressed).Record().PublishSnapshot(),
            When(TaskCompleted).Record().Settle().PublishSnapshot(),
            When(TaskFailed).Record().Settle().PublishSnapshot(),
            When(TaskDeferred).Record().PublishSnapshot());

        During(Processing,
            When(Due).SkipLaneWaits().GiveUpOverdueTasks().CheckTasks().RequestTasks().Settle().EndIfTooLate().PublishSnapshot(),
            When(Retry).RetryTasks().RequestTasks().PublishSnapshot());

        During(Completing,
            When(TranscriptStored).AcceptTranscript().Settle().PublishSnapshot(),
            When(TranscriptRejected).RejectTranscript(RoundRefusal.Of).PublishSnapshot(),
            When(CollectTranscriptFaulted).RejectTranscript(RoundRefusal.Of).PublishSnapshot(),
            When(OutputsChecked).AcceptCheck().Settle().PublishSnapshot(),
            When(OutputCheckDelayed).DelayCheck(RoundRefusal.Of).PublishSnapshot(),
            When(CheckOutputsFaulted).DelayCheck(RoundRefusal.Of).PublishSnapshot(),
            When(Due).SkipLaneWaits().FollowUp().EndIfTooLate().PublishSnapshot(),
            When(Retry).SkipFollowUpWaits().PublishSnapshot());

        During([Held, Failed],
            When(Retry).RetryTasks().RequestTasks().ReturnToWork().PublishSnapshot());

        During(Held,
            When(Resume).AcceptAsItIs().Settle().PublishSnapshot());

        During([Processing, Completing, Held, Failed],
            When(Cancel).StopTasks().TransitionTo(Cancelled).PublishSnapshot());

        During([Processing, Completing, Held, Failed, Processed, Cancelled],
            When(Republish).RepublishSnapshot(),
            Ignore(Uploaded)); // a duplicate: state and commands were committed together, so nothing is missing

        // Late, early and duplicate events: these states do not wait for them. A late TaskStarted is recorded as a past attempt.
        During([Completing, Failed, Processed, Cancelled],
            When(TaskStarted).Record().PublishSnapshot(),
            Ignore(TaskProgressed), Ignore(TaskCompleted), Ignore(TaskFailed), Ignore(TaskDeferred));
        During([Processing, Held, Failed, Processed, Cancelled],
            Ignore(TranscriptStored), Ignore(TranscriptRejected), Ignore(CollectTranscriptFaulted),
            Ignore(OutputsChecked), Ignore(OutputCheckDelayed), Ignore(CheckOutputsFaulted));
        During([Held, Failed, Processed, Cancelled], Ignore(Due));
        During([Processed, Cancelled], Ignore(Retry), Ignore(Cancel));
        During([Processing, Completing, Failed, Processed, Cancelled], Ignore(Resume));

        foreach (var task in TaskDefinition.All)
            task.HandleFault(this);
    }

    /// <summary>Ittybit works on the tasks.</summary>
    public State Processing { get; } = null!;
    /// <summary>All tasks are done; the transcript is being stored and the outputs are being checked.</summary>
    public State Completing { get; } = null!;
    /// <summary>All tasks and follow-ups are done.</summary>
    public State Processed { get; } = null!;
    /// <summary>Waits for a user's decision: retry, resume or cancel.</summary>
    public State Held { get; } = null!;
    /// <summary>A required task failed in its last attempt, which a user may retry, or the upload was rejected.</summary>
    public State Failed { get; } = null!;
    /// <summary>A user cancelled the episode.</summary>
    public State Cancelled { get; } = null!;

    public Event<EpisodeUploaded> Uploaded { get; } = null!;
    public Event<TaskStarted> TaskStarted { get; } = null!;
    public Event<TaskProgressed> TaskProgressed { get; } = null!;
    public Event<TaskCompleted> TaskCompleted { get; } = null!;
    public Event<TaskFailed> TaskFailed { get; } = null!;
    public Event<TaskDeferred> TaskDeferred { get; } = null!;
    public Event<TranscriptStored> TranscriptStored { get; } = null!;
    public Event<TranscriptRejected> TranscriptRejected { get; } = null!;
    public Event<Fault<CollectTranscript>> CollectTranscriptFaulted { get; } = null!;
    public Event<OutputsChecked> OutputsChecked { get; } = null!;
    public Event<OutputCheckDelayed> OutputCheckDelayed { get; } = null!;
    public Event<Fault<CheckOutputs>> CheckOutputsFaulted { get; } = null!;
    public Event<EpisodeDue> Due { get; } = null!;
    public Event<RetryEpisode> Retry { get; } = null!;
    public Event<CancelEpisode> Cancel { get; } = null!;
    public Event<ResumeEpisode> Resume { get; } = null!;
    public Event<RepublishEpisode> Republish { get; } = null!;

    /// <summary>Handles the fault of a command that requests a task: it counts only where the task's failure does.</summary>
    internal void HandleFault<T>(TaskKind kind, Func<T, (Guid EpisodeId, int Attempt)> identity)
        where T : class
    {
        var faulted = Event<Fault<T>>($"{typeof(T).Name}Faulted", x => x
            .CorrelateById(m => identity(m.Message.Message).EpisodeId)
            .OnMissingInstance(missing => missing.Discard()));
        During([Processing, Held],
            When(faulted).RecordFault(kind, command => identity(command).Attempt).Settle().PublishSnapshot());
        During([Completing, Failed, Processed, Cancelled], Ignore(faulted));
    }

    // Only an upload creates an instance. No task is requested before its episode is committed: other messages can be discarded.
    private void Correlate<T>(Expression<Func<Event<T>>> @event, Func<T, Guid> episodeId)
        where T : class =>
        Event(@event, x => x.CorrelateById(m => episodeId(m.Message)).OnMissingInstance(missing => missing.Discard()));
}
