using Podcast.Batch.Tests.Support;
using Podcast.Emulators.Ittybit.Chaos;

namespace Podcast.Batch.Tests.Runs;

public sealed class When_notes_do_not_fit
{
    [Theory]
    [InlineData("varchar(255)", 255)]
    [InlineData("varchar(43)", 42)] // a letter of two UTF-16 units would be cut in half
    [InlineData("varchar(1)", 1)]
    [InlineData("varchar", 335)]
    public async Task broken_addresses_are_passed_over(string column, int length)
    {
        await using var team = await BatchScenario.Start("postgres");
        await team.Execute($"ALTER TABLE media ALTER COLUMN url TYPE text, ADD COLUMN error {column}");
        await team.Media(2);
        await team.Media("https:/" + new string('x', 34) + "\ud83d\ude00" + new string('y', 300));
        await team.Media(2);

        var run = await team.Run("run", "--batch-size", "2");

        run.Exit.ShouldBe(1, run.Everything);
        run.Lines[^1].ShouldBe("Done. 4 completed, 1 failed.", run.Everything);
        (await team.Value<string>("SELECT error FROM media WHERE id = 3"))!.Length.ShouldBe(length);
        (await team.Value<string>("SELECT error FROM podcast_batch_items WHERE item_id = '3'"))!.ShouldEndWith("is no http, https or s3 address.");
        (await team.Run("status")).Out.ShouldContain("1 bad_url");
        (await team.Run("retry", "--failed")).Out.ShouldContain("1 failed media are pending again.");
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task an_error_column_without_null_fails_no_item(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Execute("ALTER TABLE media ADD COLUMN error text NOT NULL DEFAULT ''");
        await team.Media("nonsense");
        await team.Media(2);

        var run = await team.Run("run");

        run.Lines[^1].ShouldBe("Done. 2 completed, 1 failed.", run.Everything);
        (await team.Run("retry", "--failed")).Out.ShouldContain("1 failed media are pending again.");
        (await team.Value<long>("SELECT count(*) FROM media WHERE error = ''")).ShouldBe(3);
    }

    [Fact]
    public async Task long_messages_of_a_task_or_a_refusal_keep_their_cause()
    {
        await using var team = await BatchScenario.Start("postgres");
        await team.Execute("ALTER TABLE media ADD COLUMN error varchar(255)");
        await team.Media(2);
        var words = string.Join(' ', Enumerable.Repeat("out of luck", 40));
        team.Emulator.Chaos = new ChaosDial { FailPercent = 100, FailError = $"internal_error: {words}" };
        team.Emulator.Refuse = body =>
            body.Contains("/1.mov", StringComparison.Ordinal) ? (400, $$"""{"kind":"request_invalid","message":"{{words}}"}""") : null;

        var run = await team.Run("run");

        run.Error.ShouldNotContain("the row does not take", Case.Sensitive, run.Everything);
        var status = await team.Run("status");
        status.Out.ShouldContain("1 internal_error");
        status.Out.ShouldContain("1 request_invalid");
    }

    [Fact]
    public async Task rows_that_refuse_to_be_failed_are_passed_over()
    {
        await using var team = await BatchScenario.Start("postgres");
        await team.Execute("ALTER TABLE media ADD CHECK (processing_status <> 'failed')");
        await team.Media("nonsense");
        await team.Media(2);

        var run = await team.Run("run", "--batch-size", "1");

        run.Exit.ShouldBe(1, run.Everything);
        run.Error.ShouldContain("Media #1 could not be marked as failed");
        run.Lines[^1].ShouldBe("Done. 2 completed, 1 failed.", run.Everything);
    }
}
