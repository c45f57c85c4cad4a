using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcast.Batch.Tests.Support;
using Podcast.Contracts;
using Podcast.Hosting;
using Podcast.Testing;
using IHost = Microsoft.Extensions.Hosting.IHost;

namespace Podcast.Batch.Tests.Runs;

/// <summary><c>--episodes</c>, with a real RabbitMQ and something that behaves like the orchestrator on it.</summary>
public sealed class When_items_go_through_the_pipeline
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task each_becomes_one_backlog_episode_and_ends_with_it(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media("https://cdn.example/Pilot%20one.mov", "https://cdn.example/bad.mov");
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        team.Set("ConnectionStrings:RabbitMq", broker.ConnectionString);
        await using var pipeline = await Pipeline.Start(broker);

        var run = await team.Run("run", "--episodes", "--owner", "show-7");

        run.Exit.ShouldBe(1, run.Everything);
        run.Lines.ShouldContain("Dispatched 2 episodes. Waiting for results...");
        run.Lines[^1].ShouldBe("Done. 1 completed, 1 failed.");
        var pilot = pipeline.Uploaded.Single(episode => episode.Title == "Pilot one");
        pilot.Priority.ShouldBe(EpisodePriority.Backlog);
        pilot.OwnerId.ShouldBe("show-7");
        pilot.Source.Url.ShouldBe(new Uri("https://cdn.example/Pilot%20one.mov"));
        var rows = await team.Rows();
        rows[0].OutputUrl.ShouldBe($"https://made.example/{pilot.EpisodeId}.mp4");
        rows[0].IttybitTaskId.ShouldBeNull();
        rows[1].ProcessingStatus.ShouldBe("failed");
        (await team.Run("status")).Out.ShouldContain("1 episode_failed, such as: the source is broken");
        team.Emulator.Ittybit.Totals.Requests.ShouldBe(0);

        await team.Run("retry", "--failed");
        (await team.Run("run", "--episodes")).Lines[^1].ShouldBe("Done. 0 completed, 1 failed.");
        pipeline.Uploaded.Select(episode => episode.EpisodeId).Distinct().Count().ShouldBe(2);
        pipeline.Retried.Single().EpisodeId.ShouldBe(pipeline.Uploaded.Single(episode => episode.Title == "bad" && episode.OwnerId == "show-7").EpisodeId);
    }

    [Fact]
    public async Task what_ends_between_runs_is_heard_by_the_next()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(3);
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        team.Set("ConnectionStrings:RabbitMq", broker.ConnectionString);
        await using var pipeline = await Pipeline.Start(broker);
        pipeline.IsHeld = true;
        await using var first = team.Start("run", "--episodes");
        await first.Says("Dispatched 3 episodes.");
        first.Kill();
        await first.Ends();

        await pipeline.Release();
        var resume = await team.Run("run", "--episodes", "--resume");

        resume.Lines[0].ShouldBe("Resuming 3 dispatched episodes...");
        resume.Lines[^1].ShouldBe("Done. 3 completed, 0 failed.");
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task what_ends_before_its_sending_is_noted_is_heard_too(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(3);
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        team.Set("ConnectionStrings:RabbitMq", broker.ConnectionString);
        await using var pipeline = await Pipeline.Start(broker);
        pipeline.IsHeld = true;
        await using var first = team.Start("run", "--episodes");
        await first.Says("Dispatched 3 episodes.");
        first.Kill();
        await first.Ends();

        // As if it had been killed while it sent the second one, whose episode was told of.
        await team.Execute("UPDATE media SET processing_status = 'pending' WHERE id = 2");
        await team.Execute("UPDATE podcast_batch_items SET state = 'claimed', sent_at = NULL WHERE item_id = '2'");
        await pipeline.Release();
        var run = await team.Run("run", "--episodes");

        run.Exit.ShouldBe(0, run.Everything);
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "completed" && row.OutputUrl != null);
        pipeline.Uploaded.Select(episode => episode.EpisodeId).Distinct().Count().ShouldBe(3);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task what_was_given_up_may_end_well_after_all(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(2);
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        team.Set("ConnectionStrings:RabbitMq", broker.ConnectionString);
        await using var pipeline = await Pipeline.Start(broker);
        pipeline.IsHeld = true;
        (await team.Run("run", "--episodes", "--deadline", "1s")).Lines[^1].ShouldBe("Done. 0 completed, 2 failed.");

        await pipeline.Release();
        pipeline.IsHeld = false;
        await team.Media("https://cdn.example/third.mov");
        var run = await team.Run("run", "--episodes");

        run.Out.ShouldContain("Media #1, which was given up, completed after all.");
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "completed" && row.OutputUrl != null);
    }

    [Fact]
    public async Task only_so_many_are_in_it_at_once()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(9);
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        team.Set("ConnectionStrings:RabbitMq", broker.ConnectionString);
        await using var pipeline = await Pipeline.Start(broker);
        pipeline.IsHeld = true;
        await using var run = team.Start("run", "--episodes", "--in-flight", "4");

        for (var ended = 0; ended < 9; ended++)
        {
            var expected = Math.Min(9, ended + 4);
            await Eventually.Holds(() => pipeline.Uploaded.Count >= expected, $"{expected} were told of");
            pipeline.Uploaded.Count.ShouldBe(expected);
            await pipeline.End(pipeline.Uploaded[ended]);
        }

        (await run.Ends()).Lines[^1].ShouldBe("Done. 9 completed, 0 failed.");
    }

    [Fact]
    public async Task those_that_a_person_must_look_at_stand_in_nobodys_way_and_are_told()
    {
        await using var team = await BatchScenario.Start();
        await team.Media("https://cdn.example/one.mov", "https://cdn.example/two.mov", "https://cdn.example/three.mov", "https://cdn.example/four.mov");
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        team.Set("ConnectionStrings:RabbitMq", broker.ConnectionString);
        await using var pipeline = await Pipeline.Start(broker);
        pipeline.IsHeld = true;
        await using var run = team.Start("run", "--episodes", "--in-flight", "2");
        await Eventually.Holds(() => pipeline.Uploaded.Count == 2, "two are told of");

        await pipeline.Become(EpisodeStatus.Held, "one");
        await pipeline.Become(EpisodeStatus.Cancelled, "two");
        await Eventually.Holds(() => pipeline.Uploaded.Count == 4, "the others are told of");
        await pipeline.End(pipeline.Uploaded.Single(episode => episode.Title == "three"));
        await pipeline.End(pipeline.Uploaded.Single(episode => episode.Title == "four"));

        var outcome = await run.Ends();
        outcome.Exit.ShouldBe(1, outcome.Everything);
        outcome.Error.ShouldContain("Stopped. 1 episodes are held until a person has looked at them; the others have ended. 1 dispatched episodes are at work");
        (await team.Rows()).Select(row => row.ProcessingStatus).ShouldBe(["dispatched", "failed", "completed", "completed"]);
        (await team.Run("status")).Out.ShouldContain("1 episode_cancelled");
    }

    [Fact]
    public async Task a_plan_of_episodes_is_applied_as_episodes()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(2);
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        await using var pipeline = await Pipeline.Start(broker);
        var plan = await team.Run("plan", "--episodes", "--out", team.Files["plan.jsonl"]);
        plan.Out.ShouldStartWith("Planned 2 items (episodes)");
        team.Set("ConnectionStrings:RabbitMq", broker.ConnectionString);

        var apply = await team.Run("apply", team.Files["plan.jsonl"], "--owner", "show-7");

        apply.Lines[^1].ShouldBe("Done. 2 completed, 0 failed.", apply.Everything);
        pipeline.Uploaded.ShouldAllBe(episode => episode.OwnerId == "show-7" && episode.Priority == EpisodePriority.Backlog);
        team.Emulator.Ittybit.Totals.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task what_may_have_become_a_task_does_not_become_an_episode_too()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);
        team.Emulator.Chaos = new Emulators.Ittybit.Chaos.ChaosDial { ServerErrorPercent = 100, ServerErrorAfterAccept = true };
        await team.Run("run", "--patience", "1s");
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        team.Set("ConnectionStrings:RabbitMq", broker.ConnectionString);
        await using var pipeline = await Pipeline.Start(broker);

        var run = await team.Run("run", "--episodes");

        run.Exit.ShouldBe(1, run.Everything);
        run.Error.ShouldContain("Media #1 is left as it is: an earlier run may have made a task of it: run without --episodes first.");
        pipeline.Uploaded.ShouldBeEmpty();
    }

    [Fact]
    public async Task with_nobody_to_take_them_the_run_ends_and_nothing_is_lost()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(3);
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        team.Set("ConnectionStrings:RabbitMq", broker.ConnectionString);

        var run = await team.Run("run", "--episodes");

        run.Exit.ShouldBe(1);
        run.Error.ShouldContain("No queue takes episodes");
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "pending");
    }

    [Fact]
    public async Task a_broker_that_is_not_named_is_asked_for()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);

        var run = await team.Run("run", "--episodes");

        run.Exit.ShouldBe(2);
        run.Error.ShouldContain("ConnectionStrings__RabbitMq");
    }

    [Fact]
    public async Task webhooks_end_items_without_asking_for_them()
    {
        await using var team = await BatchScenario.Start(taskTime: TimeSpan.FromMinutes(10));
        await team.Media(2);
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        team.Set("ConnectionStrings:RabbitMq", broker.ConnectionString);
        team.Set("Webhooks:PublicUrl", "https://gateway.example");
        team.Set("Webhooks:Key", "0123456789abcdef");
        await using var gateway = await Pipeline.Start(broker);
        await using var run = team.Start("run", "--wait", "webhooks");
        await run.Says("Dispatched 2 tasks. Waiting for webhooks...");
        var rows = await team.Rows();

        await gateway.Publish(new TaskCompleted(
            Guid.NewGuid(), TaskKind.VideoTranscode, 1, rows[0].IttybitTaskId!, new TaskOutput("file_1", new Uri("https://made.example/1.mp4")), DateTimeOffset.UnixEpoch));
        await gateway.Publish(new TaskFailed(
            Guid.NewGuid(), TaskKind.VideoTranscode, 1, rows[1].IttybitTaskId!, "format_unsupported: no video in it", false, DateTimeOffset.UnixEpoch));

        var outcome = await run.Ends();
        outcome.Lines[^1].ShouldBe("Done. 1 completed, 1 failed.", outcome.Everything);
        rows = await team.Rows();
        rows[0].OutputUrl.ShouldBe("https://made.example/1.mp4");
        rows[1].ProcessingStatus.ShouldBe("failed");
    }

    [Theory]
    [InlineData("video", "Set Webhooks__PublicUrl")]
    [InlineData("image", "--wait webhooks works for the kinds video, audio, speech, chapters, not for image")]
    public async Task webhooks_need_a_gateway_and_a_kind_that_it_knows(string kind, string words)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);

        var run = await team.Run("run", "--wait", "webhooks", "--kind", kind);

        run.Exit.ShouldBe(2, run.Everything);
        run.Error.ShouldContain(words);
        team.Emulator.Ittybit.Totals.Requests.ShouldBe(0);
    }

    /// <summary>Takes episodes like the orchestrator and ends them: well, unless their title is bad.</summary>
    private sealed class Pipeline : IConsumer<EpisodeUploaded>, IConsumer<RetryEpisode>, IAsyncDisposable
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<EpisodeUploaded> uploaded = [];
        private readonly System.Collections.Concurrent.ConcurrentQueue<RetryEpisode> retried = [];
        private IHost host = null!;

        public IReadOnlyList<EpisodeUploaded> Uploaded => [.. uploaded];

        public IReadOnlyCollection<RetryEpisode> Retried => retried;

        public bool IsHeld { get; set; }

        public static async Task<Pipeline> Start(RabbitMqVirtualHost broker)
        {
            var pipeline = new Pipeline();
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:RabbitMq"] = broker.ConnectionString });
            builder.AddMessageBus(bus =>
            {
                bus.AddSingleton(pipeline);
                bus.AddConsumer<Pipeline>();
            });
            pipeline.host = builder.Build();
            await pipeline.host.Services.GetRequiredService<IBusControl>().StartAsync();
            return pipeline;
        }

        public Task Consume(ConsumeContext<EpisodeUploaded> context)
        {
            var isFirst = uploaded.All(episode => episode.EpisodeId != context.Message.EpisodeId);
            uploaded.Enqueue(context.Message);
            return isFirst && !IsHeld ? End(context.Message) : Task.CompletedTask;
        }

        public Task Consume(ConsumeContext<RetryEpisode> context)
        {
            retried.Enqueue(context.Message);
            return End(uploaded.First(episode => episode.EpisodeId == context.Message.EpisodeId));
        }

        public async Task Release()
        {
            foreach (var episode in uploaded)
                await End(episode);
        }

        public Task Publish<T>(T message)
            where T : class => host.Services.GetRequiredService<IBus>().Publish(message);

        public async ValueTask DisposeAsync()
        {
            await host.Services.GetRequiredService<IBusControl>().StopAsync();
            host.Dispose();
        }

        /// <summary>Tells that the episode of that title is held, say.</summary>
        public Task Become(EpisodeStatus status, string title)
        {
            var episode = uploaded.Single(episode => episode.Title == title);
            return Publish(new EpisodeChanged(
                episode.EpisodeId, 2, episode.OwnerId, episode.Title, null, episode.Source, episode.Priority, status, "A person says so.", null, [],
                DateTimeOffset.UnixEpoch, null, null, null, null, new EpisodeChange(DateTimeOffset.UnixEpoch, "changed", null, "alice", null)));
        }

        public Task End(EpisodeUploaded episode) => episode.Title == "bad"
            ? Publish(new EpisodeFailed(episode.EpisodeId, episode.OwnerId, "the source is broken", DateTimeOffset.UnixEpoch))
            : Publish(new EpisodeProcessed(
                episode.EpisodeId, episode.OwnerId, episode.Title, null,
                [
                    new EpisodeOutput(TaskKind.AudioExtraction, new TaskOutput("file_a", new Uri($"https://made.example/{episode.EpisodeId}.mp3"))),
                    new EpisodeOutput(TaskKind.VideoTranscode, new TaskOutput("file_v", new Uri($"https://made.example/{episode.EpisodeId}.mp4"))),
                ],
                DateTimeOffset.UnixEpoch));
    }
}
