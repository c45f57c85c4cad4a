using Podcast.Batch.Tests.Support;
using Podcast.Emulators.Ittybit.Chaos;

namespace Podcast.Batch.Tests.Verbs;

public sealed class When_failures_are_retried
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task each_gets_one_new_task(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(4);
        team.Emulator.Chaos = new ChaosDial { FailPercent = 100, FailError = "internal_error: out of luck" };
        (await team.Run("run")).Exit.ShouldBe(1);
        team.Emulator.Chaos = new ChaosDial();

        (await team.Run("retry", "--failed")).Out.ShouldBe("4 failed media are pending again.\n");
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "pending" && row.IttybitTaskId == null);
        (await team.Run("run")).Lines[^1].ShouldBe("Done. 4 completed, 0 failed.");

        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(8);
        team.Emulator.Ittybit.Repeated.ShouldBeEmpty();
        team.Emulator.Ittybit.Creates().Count(request => request.Ref!.EndsWith("-2", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public async Task only_those_of_one_cause_are_put_back()
    {
        await using var team = await BatchScenario.Start();
        await team.Media("bad", "https://cdn.example/a.mp4");
        team.Emulator.Chaos = new ChaosDial { FailPercent = 100, FailError = "internal_error: out of luck" };
        await team.Run("run");

        var status = (await team.Run("status")).Out;
        status.ShouldContain("1 bad_url");
        status.ShouldContain("1 internal_error, such as: internal_error: out of luck");
        (await team.Run("retry", "--failed", "--cause", "internal_error")).Out.ShouldBe("1 failed media are pending again.\n");

        (await team.Rows()).Select(row => row.ProcessingStatus).ShouldBe(["failed", "pending"]);
        (await team.Run("retry", "--failed", "--cause", "nonsense")).Out.ShouldBe("No failed media of that kind.\n");
    }

    [Fact]
    public async Task failures_of_the_tutorials_own_command_are_of_unknown_cause()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(2);
        await team.Execute("UPDATE media SET processing_status = 'failed'");

        (await team.Run("status")).Out.ShouldContain("2 unknown");
        (await team.Run("retry", "--failed", "--cause", "unknown")).Out.ShouldBe("2 failed media are pending again.\n");
    }

    [Fact]
    public async Task it_must_be_said_which()
    {
        await using var team = await BatchScenario.Start();
        var retry = await team.Run("retry");
        retry.Exit.ShouldBe(2);
        retry.Error.ShouldContain("--failed");
    }

    [Fact]
    public async Task status_is_also_told_to_machines()
    {
        await using var team = await BatchScenario.Start();
        await team.Media("bad", "https://cdn.example/a.mp4", "https://cdn.example/b.mp4");
        await team.Run("run", "--limit", "2");

        using var status = System.Text.Json.JsonDocument.Parse((await team.Run("status", "--json")).Out);

        status.RootElement.GetProperty("pending").GetInt64().ShouldBe(1);
        status.RootElement.GetProperty("completed").GetInt64().ShouldBe(1);
        status.RootElement.GetProperty("completed_last_hour").GetInt64().ShouldBe(1);
        status.RootElement.GetProperty("causes")[0].GetProperty("cause").GetString().ShouldBe("bad_url");
        status.RootElement.GetProperty("running").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }
}
