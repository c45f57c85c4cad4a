using Podcast.Batch.Tests.Support;
using Podcast.Contracts;

namespace Podcast.Batch.Tests.Runs;

/// <summary><c>--wait webhooks</c>, with something that publishes like the gateway on a real RabbitMQ.</summary>
public sealed class When_results_come_by_webhook
{
    [Fact]
    public async Task webhooks_end_items_without_asking_for_them()
    {
        await using var team = await BatchScenario.Start(taskTime: TimeSpan.FromMinutes(10));
        await team.Media(2);
        team.Set("Webhooks:PublicUrl", "https://gateway.example");
        team.Set("Webhooks:Key", "0123456789abcdef");
        await using var gateway = await Pipeline.Start(team);
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
    [InlineData("gif", "--wait webhooks works for the kinds video, audio, speech, chapters, image, not for gif")]
    public async Task webhooks_need_a_gateway_and_a_kind_that_it_knows(string kind, string words)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);

        var run = await team.Run("run", "--wait", "webhooks", "--kind", kind);

        run.Exit.ShouldBe(2, run.Everything);
        run.Error.ShouldContain(words);
        team.Emulator.Ittybit.Totals.Requests.ShouldBe(0);
    }
}
