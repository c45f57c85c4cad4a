using System.Linq.Expressions;

namespace Podcast.Orchestrator.Episodes;

/// <summary>
/// The states of an episode and the transitions between them. <see cref="EpisodeActivities"/> holds the activities,
/// <see cref="TaskEvents"/> the rules that settle a task. Every event is handled or ignored in every state.
/// </summary>
public sealed class EpisodeStateMachine : MassTransitStateMachine<EpisodeState>
{
    public EpisodeStateMachine(TimeProvider clock, IOptions<OrchestratorOptions> options)
    {
        Clock = clock;
        Options = options.Value;

        InstanceState(x => x.CurrentState);
        CorrelateEvents();

        Initially(
            When(Uploaded)
                .Plan(this)
                .IfElse(x => x.Saga.Reason is null,
                    ready => ready
                        .DescribeMedia()
                        .RequestTasks(this)
                        .TransitionTo(Processing),
                    refused => refused
                        .Fail(this, x => x.Reason!))
                .PublishSnapshot(this));

        WhenLeave(Held, rest => rest.BeginTerm(this));
        WhenLeave(Failed, rest => rest.BeginTerm(this));

        // Held too: a late result may be the one that is missing.
        During([Processing, Held],
            When(TaskStarted).Record(this).PublishSnapshot(this),
            When(TaskProgressed).Record(this).PublishSnapshot(this),
            When(TaskCompleted).Record(this).Settle(this).PublishSnapshot(this),
            When(TaskFailed).Record(this).Settle(this).PublishSnapshot(this),
            When(TaskDeferred).Record(this).PublishSnapshot(this),
            When(ExtractAudioFaulted).RecordFault(this, TaskKind.AudioExtraction, x => x.Attempt).Settle(this).PublishSnapshot(this),
            When(TranscodeVideoFaulted).RecordFault(this, TaskKind.VideoTranscode, x => x.Attempt).Settle(this).PublishSnapshot(this),
            When(GenerateTranscriptFaulted).RecordFault(this, TaskKind.TranscriptGeneration, x => x.Attempt).Settle(this).PublishSnapshot(this),
            When(DetectChaptersFaulted).RecordFault(this, TaskKind.ChapterDetection, x => x.Attempt).Settle(this).PublishSnapshot(this));

        During(Processing,
            When(Due)
                .SkipLaneWaits(this).GiveUpOverdueTasks(this).CheckTasks(this).RequestTasks(this)
                .Settle(this).EndIfTooLate(this).PublishSnapshot(this),
            When(Retry).RetryTasks(this).RequestTasks(this).PublishSnapshot(this));

        During(Completing,
            When(TranscriptStored).AcceptTranscript(this).Settle(this).PublishSnapshot(this),
            When(TranscriptRejected).RejectTranscript(this).PublishSnapshot(this),
            When(CollectTranscriptFaulted).RejectTranscript(this).PublishSnapshot(this),
            When(OutputsChecked).AcceptCheck(this).Settle(this).PublishSnapshot(this),
            When(OutputCheckDelayed).DelayCheck(this).PublishSnapshot(this),
            When(CheckOutputsFaulted).DelayCheck(this).PublishSnapshot(this),
            When(Due).SkipLaneWaits(this).FollowUp(this).EndIfTooLate(this).PublishSnapshot(this),
            When(Retry).SkipFollowUpWaits(this).PublishSnapshot(this));

        During([Held, Failed],
            When(Retry).RetryTasks(this).RequestTasks(this).ReturnToWork(this).PublishSnapshot(this));

        During(Held,
            When(Resume).AcceptAsItIs(this).Settle(this).PublishSnapshot(this));

        During([Processing, Completing, Held, Failed],
            When(Cancel).StopTasks(this).TransitionTo(Cancelled).PublishSnapshot(this));

        During([Processing, Completing, Held, Failed, Processed, Cancelled],
            When(Republish).RepublishSnapshot(this),
            When(MediaDescribed).Then(x => x.Saga.MediaId ??= IttybitIds.Of(x.Message.MediaId)),
            Ignore(Uploaded)); // a duplicate: state and commands were committed together, so nothing is missing

        // Late, early and duplicate events: these states do not wait for them. A late TaskStarted is recorded as a past attempt.
        During([Completing, Failed, Processed, Cancelled],
            When(TaskStarted).Record(this).PublishSnapshot(this),
            Ignore(TaskProgressed), Ignore(TaskCompleted), Ignore(TaskFailed), Ignore(TaskDeferred),
            Ignore(ExtractAudioFaulted), Ignore(TranscodeVideoFaulted), Ignore(GenerateTranscriptFaulted), Ignore(DetectChaptersFaulted));
        During([Processing, Held, Failed, Processed, Cancelled],
            Ignore(TranscriptStored), Ignore(TranscriptRejected), Ignore(CollectTranscriptFaulted),
            Ignore(OutputsChecked), Ignore(OutputCheckDelayed), Ignore(CheckOutputsFaulted));
        During([Held, Failed, Processed, Cancelled], Ignore(Due));
        During([Processed, Cancelled], Ignore(Retry));
        During([Processing, Completing, Failed, Processed, Cancelled], Ignore(Resume));
        During([Processed, Cancelled], Ignore(Cancel));
    }

    /// <summary>Ittybit works on the tasks.</summary>
    public State Processing { get; private set; } = null!;

    /// <summary>All tasks are done; the transcript is being stored and the outputs are being checked.</summary>
    public State Completing { get; private set; } = null!;

    /// <summary>All tasks and follow-ups are done.</summary>
    public State Processed { get; private set; } = null!;

    /// <summary>Waits for a user's decision: retry, resume or cancel.</summary>
    public State Held { get; private set; } = null!;

    /// <summary>A required task failed in its last attempt, which a user may retry, or the upload was rejected.</summary>
    public State Failed { get; private set; } = null!;

    /// <summary>A user cancelled the episode.</summary>
    public State Cancelled { get; private set; } = null!;

    public Event<EpisodeUploaded> Uploaded { get; private set; } = null!;

    public Event<TaskStarted> TaskStarted { get; private set; } = null!;

    public Event<TaskProgressed> TaskProgressed { get; private set; } = null!;

    public Event<TaskCompleted> TaskCompleted { get; private set; } = null!;

    public Event<TaskFailed> TaskFailed { get; private set; } = null!;

    public Event<TaskDeferred> TaskDeferred { get; private set; } = null!;

    public Event<Fault<ExtractAudio>> ExtractAudioFaulted { get; private set; } = null!;

    public Event<Fault<TranscodeVideo>> TranscodeVideoFaulted { get; private set; } = null!;

    public Event<Fault<GenerateTranscript>> GenerateTranscriptFaulted { get; private set; } = null!;

    public Event<Fault<DetectChapters>> DetectChaptersFaulted { get; private set; } = null!;

    public Event<MediaDescribed> MediaDescribed { get; private set; } = null!;

    public Event<TranscriptStored> TranscriptStored { get; private set; } = null!;

    public Event<TranscriptRejected> TranscriptRejected { get; private set; } = null!;

    public Event<Fault<CollectTranscript>> CollectTranscriptFaulted { get; private set; } = null!;

    public Event<OutputsChecked> OutputsChecked { get; private set; } = null!;

    public Event<OutputCheckDelayed> OutputCheckDelayed { get; private set; } = null!;

    public Event<Fault<CheckOutputs>> CheckOutputsFaulted { get; private set; } = null!;

    public Event<EpisodeDue> Due { get; private set; } = null!;

    public Event<RetryEpisode> Retry { get; private set; } = null!;

    public Event<CancelEpisode> Cancel { get; private set; } = null!;

    public Event<ResumeEpisode> Resume { get; private set; } = null!;

    public Event<RepublishEpisode> Republish { get; private set; } = null!;

    internal TimeProvider Clock { get; }

    internal OrchestratorOptions Options { get; }

    private void CorrelateEvents()
    {
        Event(() => Uploaded, x => x.CorrelateById(m => m.Message.EpisodeId));
        Correlate(() => TaskStarted, x => x.EpisodeId);
        Correlate(() => TaskProgressed, x => x.EpisodeId);
        Correlate(() => TaskCompleted, x => x.EpisodeId);
        Correlate(() => TaskFailed, x => x.EpisodeId);
        Correlate(() => TaskDeferred, x => x.EpisodeId);
        Correlate(() => ExtractAudioFaulted, x => x.Message.EpisodeId);
        Correlate(() => TranscodeVideoFaulted, x => x.Message.EpisodeId);
        Correlate(() => GenerateTranscriptFaulted, x => x.Message.EpisodeId);
        Correlate(() => DetectChaptersFaulted, x => x.Message.EpisodeId);
        Correlate(() => MediaDescribed, x => x.EpisodeId);
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
    }

    // Only an upload creates an instance. No task is requested before its episode is committed, so other messages can be
    // discarded.
    private void Correlate<T>(Expression<Func<Event<T>>> @event, Func<T, Guid> episodeId)
        where T : class =>
        Event(@event, x =>
        {
            x.CorrelateById(m => episodeId(m.Message));
            x.OnMissingInstance(missing => missing.Discard());
        });
}
