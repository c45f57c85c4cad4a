namespace Podcast.Contracts.Tests;

/// <summary>One full message of each type: every field set, so that the golden files show every name.</summary>
internal static class Samples
{
    private static readonly Guid Id = Guid.Parse("9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a");
    private static readonly DateTimeOffset At = new(2025, 1, 15, 14, 32, 10, TimeSpan.Zero);
    private static readonly EpisodeSource Source =
        new("file_abc123", new Uri("https://example.com/raw/episode-042.mp4"), "episode-042.mp4", 2_147_483_648, 3600.5);
    private static readonly TaskOptions Options = new("mp3", 192_000, 2, "h264", 1920, 1080, 30, "en", 90.5);
    private static readonly TaskOutput Output =
        new("file_output123", new Uri("https://you.ittybit.net/episodes/audio.mp3"), "audio/mpeg", 3600.4, 86_400_000);
    private static readonly EpisodeDetails Details = new(2, 42, "A talk about APIs.", At, new Uri("https://cdn.example/square.jpg"));
    private static readonly ShowSettings Settings = new(
        "The API Show", [new PlannedTask(TaskKind.AudioExtraction, true, Options)], "en", "Europe/Berlin", "{show} {number}: {title}", "{description}\n\n{chapters}",
        CaptionsPolicy.BeforePublic, ApprovalPolicy.Approve, new ShowChannels(
            new TransistorChannel("acme", "the-api-show", Video: true),
            new YoutubeChannel("acme", "UC_x5XG1OV2P6uZZ5FSM9Ttw", VideoPrivacy.Unlisted, "28", ["apis"], true, true, "PL_1")));
    private static readonly Uri Link = new("https://www.youtube.com/watch?v=dQw4w9WgXcQ");
    private static readonly EpisodeProcessed Processed = new(
        Id, "alice", "How to Build APIs", "A talk.", [new EpisodeOutput(TaskKind.AudioExtraction, Output)], At, "the-api-show", Details);
    private static readonly EpisodeChange Change = new(At, "task_completed", TaskKind.AudioExtraction, "ittybit", "in words");

    public static IReadOnlyList<object> All { get; } =
    [
        new EpisodeUploaded(
            Id, "alice", "How to Build APIs", Source, "A talk.",
            [
                new PlannedTask(TaskKind.AudioExtraction, true, Options),
                new PlannedTask(TaskKind.VideoTranscode),
                new PlannedTask(TaskKind.TranscriptGeneration),
                new PlannedTask(TaskKind.ChapterDetection, false),
                new PlannedTask(TaskKind.Thumbnail, false),
            ],
            At, EpisodePriority.Backlog, "the-api-show", Details),
        Processed,
        new EpisodeFailed(Id, "alice", "audio_extraction: no audio stream", At),
        new RetryEpisode(Id, [TaskKind.AudioExtraction], true, "bob", "trying again"),
        new CancelEpisode(Id, "bob", "wrong file"),
        new ResumeEpisode(Id, "bob", "good enough"),
        new RepublishEpisode(Id, 3, "olga", "the queue was purged"),
        new EpisodeDue(Id, At, true),
        new EpisodeChanged(
            Id, 7, "alice", "How to Build APIs", "A talk.", Source, EpisodePriority.Normal, EpisodeStatus.Processing, "why", "med_1",
            [
                new TaskSnapshot(
                    TaskKind.AudioExtraction, TaskState.Completed, true, 2, "task_xyz789", 100, Output, "why", At, At, At, At, At),
            ],
            At, At, At, At, At, Change, [Change with { What = "task_started" }], "the-api-show", Details),
        new ExtractAudio(Id, 2, Source, Options, ["task_old"], true, At),
        new TranscodeVideo(Id, 2, Source, Options, ["task_old"], true, At),
        new GenerateTranscript(Id, 2, Source, Options, ["task_old"], true, At),
        new DetectChapters(Id, 2, Source, Options, ["task_old"], true, At),
        new CreateThumbnail(Id, 2, Source, Options, ["task_old"], true, At),
        new CheckTask(Id, TaskKind.VideoTranscode, 1, "task_xyz789"),
        new TaskStarted(Id, TaskKind.VideoTranscode, 1, "task_xyz789", At, [new StartedTask(TaskKind.AudioExtraction, 2, "task_abc123")]),
        new TaskProgressed(Id, TaskKind.VideoTranscode, 1, "task_xyz789", "processing", 40, At),
        new TaskCompleted(Id, TaskKind.AudioExtraction, 1, "task_xyz789", Output, At),
        new TaskFailed(Id, TaskKind.VideoTranscode, 1, "task_xyz789", "no video stream", false, At, true),
        new TaskDeferred(Id, TaskKind.VideoTranscode, 1, "Ittybit wants payment (402)", At, At),
        new TaskReported("task_xyz789", TaskOutcome.Succeeded, "completed", 100, Output, "why", true, At),
        new CollectTranscript(Id, 1, Output),
        new TranscriptCollected(Id, 1, "Hello there.", "en", [new TranscriptLine(0.5, 1.75, "Hello there.", "A")], At, "Left out 1 of 2 cues: an end before its start."),
        new TranscriptStored(Id, 1, 12, 1.75, At, "Left out 1 of 2 cues: an end before its start."),
        new TranscriptRejected(Id, 1, "the transcript is empty", false, At, At),
        new CheckOutputs(Id, 4, Source, [new EpisodeOutput(TaskKind.AudioExtraction, Output)], 3, [TaskKind.ChapterDetection], new MediaDescription("How to Build APIs", "A talk.")),
        new OutputsChecked(Id, 1, [new OutputObjection(TaskKind.AudioExtraction, "30 s long, the source has 3600 s")], At, "chapter_detection: Put the chapters in order.", "med_1"),
        new OutputCheckDelayed(Id, 1, "503", At, At),
        new ShowChanged("alice", "the-api-show", 3, Settings, At),
        new EpisodePublished(Id, PublishingChannel.Youtube, "alice", "dQw4w9WgXcQ", Link, At, At),
        new PublishingFailed(Id, PublishingChannel.Transistor, "alice", "Transistor could not process the audio.", "Check the MP3.", At),
        new PublicationChanged(
            Id, PublishingChannel.Youtube, 7, "alice", PublicationStatus.Publishing, "send", "YouTube takes 100 uploads a day.", "Wait.", At,
            "dQw4w9WgXcQ", Link, 8_388_608, 209_715_200, At, ["merged \"Jingle\" (5 s)"], At, At, At, "The next free place.",
            "olga", "wait for the guest", At),
        new ApprovePublication(Id, PublishingChannel.Youtube, "olga", At),
        new RetryPublication(Id, PublishingChannel.Youtube, "olga"),
        new RetractPublication(Id, PublishingChannel.Youtube, "olga", "the wrong file"),
        new HoldPublication(Id, PublishingChannel.Youtube, "olga", At, "wait for the guest"),
        new ResumePublication(Id, PublishingChannel.Youtube, "olga", At, "the guest agrees"),
        new MoveRelease(Id, PublishingChannel.Youtube, At, "olga", At, "after the holidays"),
        new QuotaSpent(PublishingChannel.Youtube, "1234.apps.googleusercontent.com", "units", 800, 10_000, 400, At, At),
        new PlanPublication(Id, PublishingChannel.Youtube, Processed, Settings),
        new PrepareDraft(Id, PublishingChannel.Youtube, 1),
        new SendChunk(Id, PublishingChannel.Youtube, 2, true),
        new ReadBack(Id, PublishingChannel.Youtube, 3),
        new AttachThumbnail(Id, PublishingChannel.Youtube, 4),
        new AttachCaptions(Id, PublishingChannel.Youtube, 5),
        new Release(Id, PublishingChannel.Youtube, 6),
        new Retract(Id, PublishingChannel.Youtube, 7),
        new PublicationStepEnded(
            Id, PublishingChannel.Youtube, 2, StepOutcome.Later,
            new PublicationReceipt("dQw4w9WgXcQ", Link, 8_388_608, 209_715_200, Link, "e3b0c442", Link, At, ["Without captions."], At, At),
            "The quota is used up.", "Wait.", At),
        new PublicationReplanned(Id, PublishingChannel.Youtube, At, At, "The next free place."),
        new PublicationDue(Id, At),
        new ResumeLane("ittybit", "olga", "the invoice is paid"),
        new LaneChanged("ittybit", LaneState.Paused, "Ittybit asks for payment (402).", "ittybit", At, At),
    ];
}
