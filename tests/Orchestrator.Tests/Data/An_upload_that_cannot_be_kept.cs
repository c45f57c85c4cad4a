using MassTransit;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
using Podcast.Testing;

namespace Podcast.Orchestrator.Tests.Data;

/// <summary>
/// What other services announce may hold any text. None ends in the error queue: it is cleaned, or the episode fails and says why.
/// </summary>
public sealed class An_upload_that_cannot_be_kept : IDisposable
{
    private static readonly EpisodeSource Source = new(null, new Uri("https://media.example.com/a.mp4"));

    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new();
    private readonly Guid episodeId = NewId.NextGuid();

    public static TheoryData<bool> Databases => [false, true];

    public void Dispose() => directory.Dispose();

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task fails_with_its_reason(bool onPostgres)
    {
        (EpisodeUploaded Upload, string Reason)[] bad =
        [
            (Upload() with { OwnerId = new string('o', 300) }, "owner"),
            (Upload() with { OwnerId = "ali\0ce" }, "owner"),
            (Upload() with { OwnerId = " " }, "owner"),
            (Upload() with { Title = new string('t', 1_000_000) }, "title"),
            (Upload() with { Description = new string('d', 1_000_000) }, "description"),
            (Upload() with { Source = new EpisodeSource("file\0", null) }, "file"),
            (Upload() with { Source = new EpisodeSource(new string('f', 100_000), null) }, "file"),
            (Upload() with { Source = new EpisodeSource(null, new Uri("https://example.com/" + new string('u', 20_000))) }, "address"),
            (Planned(TaskKind.AudioExtraction, new TaskOptions(Format: new string('m', 100_000))), "audio_extraction"),
            (Planned(TaskKind.VideoTranscode, new TaskOptions(Codec: "h264\0")), "video_transcode"),
            (Planned((TaskKind)99, null), "task"),
        ];
        await using var postgres = onPostgres ? await PostgresServer.CreateDatabase() : null;
        await using var orchestrator = await OrchestratorHost.Start(directory, clock, postgres?.ConnectionString);
        await orchestrator.Recorder.Listen<EpisodeFailed>(orchestrator.Bus);

        foreach (var (upload, reason) in bad)
        {
            await orchestrator.Hears(upload);

            var id = upload.EpisodeId;
            (await orchestrator.Recorder.Sees<EpisodeFailed>(failed => failed.EpisodeId == id)).Reason.ShouldContain(reason);
            var episode = await orchestrator.Reads(db => db.Set<EpisodeState>().SingleAsync(x => x.CorrelationId == id));
            episode.CurrentState.ShouldBe(nameof(EpisodeStateMachine.Failed));
            (episode.Title.Length + episode.OwnerId.Length + (episode.Description?.Length ?? 0)).ShouldBeLessThan(10_000);
        }

        orchestrator.Recorder.Faults.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task is_kept_when_it_can_be_cleaned(bool onPostgres)
    {
        await using var postgres = onPostgres ? await PostgresServer.CreateDatabase() : null;
        await using var orchestrator = await OrchestratorHost.Start(directory, clock, postgres?.ConnectionString);

        await orchestrator.Hears(Upload(episodeId) with
        {
            Title = "Tit\0le\u001b",
            Description = "one\r\n\ttwo\0",
            Source = Source with { Filename = "a\0.mp4" },
            Tasks = [null!, new(TaskKind.AudioExtraction)],
        });

        orchestrator.Recorder.Faults.ShouldBeEmpty();
        var episode = await orchestrator.Reads(db => db.Set<EpisodeState>().SingleAsync());
        episode.CurrentState.ShouldBe(nameof(EpisodeStateMachine.Processing));
        (episode.Title, episode.Description, episode.Source.Filename).ShouldBe(("Title", "one\r\n\ttwo", "a.mp4"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task is_kept_when_it_is_as_long_as_may_be(bool onPostgres)
    {
        await using var postgres = onPostgres ? await PostgresServer.CreateDatabase() : null;
        await using var orchestrator = await OrchestratorHost.Start(directory, clock, postgres?.ConnectionString);

        await orchestrator.Hears(Upload(episodeId) with
        {
            OwnerId = new string('ö', EpisodeTexts.LongestOwner),
            Title = new string('ï', EpisodeTexts.LongestTitle),
            Description = new string('ü', EpisodeTexts.LongestDescription),
            Source = Source with { Filename = new string('f', EpisodeTexts.LongestFilename + 1) },
        });

        orchestrator.Recorder.Faults.ShouldBeEmpty();
        var episode = await orchestrator.Reads(db => db.Set<EpisodeState>().SingleAsync());
        episode.CurrentState.ShouldBe(nameof(EpisodeStateMachine.Processing));
        episode.Source.Filename.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task has_company_in_what_others_say_of_an_episode(bool onPostgres)
    {
        await using var postgres = onPostgres ? await PostgresServer.CreateDatabase() : null;
        await using var orchestrator = await OrchestratorHost.Start(directory, clock, postgres?.ConnectionString);
        await orchestrator.Hears(Upload(episodeId) with { Tasks = [new(TaskKind.AudioExtraction)] });
        var (audio, at) = (TaskKind.AudioExtraction, clock.GetUtcNow());

        await orchestrator.Hears(new TaskStarted(episodeId, audio, 1, new string('t', 3000), at));
        foreach (var id in (string[])[new string('t', 3000), ""])
            await orchestrator.Hears(new TaskReported(id, TaskOutcome.InProgress, "queued", null, null, null, false, at));
        await orchestrator.Hears(new TaskStarted(episodeId, audio, 1, "task\0", at));
        await orchestrator.Hears(new TaskFailed(episodeId, audio, 1, "task_1", "what\0 ever", Transient: false, at));
        await orchestrator.Hears(new RetryEpisode(episodeId, null, false, "bo\0b", "w\0hy"));
        await orchestrator.Hears(new CancelEpisode(episodeId, "bo\0b", "w\0hy"));

        orchestrator.Recorder.Faults.ShouldBeEmpty();
        var episode = await orchestrator.Reads(db => db.Set<EpisodeState>().SingleAsync());
        episode.CurrentState.ShouldBe(nameof(EpisodeStateMachine.Cancelled));
        episode.MediaId.ShouldBeNull();
        episode.Reason.ShouldBe("why");
        (await orchestrator.Reads(db => db.IttybitTasks.CountAsync())).ShouldBe(0);
    }

    private static EpisodeUploaded Planned(TaskKind kind, TaskOptions? options) =>
        Upload() with { Tasks = [new PlannedTask(kind, Options: options)] };

    private static EpisodeUploaded Upload(Guid? id = null) => new(id ?? NewId.NextGuid(), "alice", "t", Source);
}
