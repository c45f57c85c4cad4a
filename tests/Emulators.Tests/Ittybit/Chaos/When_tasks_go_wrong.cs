using System.Net;
using System.Text.Json.Nodes;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Emulators.Tests.Ittybit.Support;

namespace Podcast.Emulators.Tests.Ittybit.Chaos;

public sealed class When_tasks_go_wrong
{
    [Fact]
    public async Task a_task_fails_with_the_dials_error()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { FailPercent = 100, FailError = "corrupt: no key frames" });

        var end = await scenario.EndOfAudio();

        end.Status.ShouldBe("failed");
        ((string?)end.Json["error"]).ShouldBe("corrupt: no key frames");
    }

    [Fact]
    public async Task only_the_named_kinds_fail()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { FailPercent = 100, OnlyKinds = ["chapters"] });

        ((string?)(await scenario.Emulator.Run(TaskBodies.Chapters(scenario.FileId)))["status"]).ShouldBe("failed");
        ((string?)(await scenario.Emulator.Run(TaskBodies.Audio(scenario.FileId)))["status"]).ShouldBe("completed");
    }

    [Fact]
    public async Task a_task_never_finishes()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { NeverFinishPercent = 100, OnlyKinds = ["audio"] });
        var stuck = await scenario.Emulator.Make(scenario.Audio());

        await scenario.Emulator.Run(TaskBodies.Speech(scenario.FileId)); // made later, in the same lane

        ((string?)(await scenario.Emulator.Get($"tasks/{stuck}")).Json["status"]).ShouldBe("processing");
        scenario.Emulator.Emulator.Webhooks(stuck).ShouldNotContain(webhook => webhook.About == "Completed");
    }

    [Fact]
    public async Task a_task_is_lost()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { LostTaskPercent = 100 });

        var id = await scenario.Emulator.Make(scenario.Audio());

        (await scenario.Emulator.Get($"tasks/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scenario.Emulator.Get("tasks")).Json.AsArray().ShouldBeEmpty();
        scenario.Emulator.Emulator.Totals.Tasks.ShouldBe(1);
    }

    [Fact]
    public async Task a_task_completes_without_an_output()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { NoOutputPercent = 100 });

        var end = await scenario.EndOfAudio();

        end.Status.ShouldBe("completed");
        end.Json["output"].ShouldBeNull();
    }

    [Theory]
    [InlineData("audio")]
    [InlineData("speech")]
    public async Task an_output_is_empty(string kind)
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { EmptyOutputPercent = 100 });

        var task = await scenario.Emulator.Run(kind == "audio" ? TaskBodies.Audio(scenario.FileId) : TaskBodies.Speech(scenario.FileId));

        ((long)task["output"]!["filesize"]!).ShouldBe(0);
        (await scenario.Emulator.Http.GetByteArrayAsync((string?)task["output"]!["url"])).ShouldBeEmpty();
    }

    [Fact]
    public async Task an_output_covers_only_half_of_the_source()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { ShortOutputPercent = 100 });

        var audio = await scenario.Emulator.Run(TaskBodies.Audio(scenario.FileId));
        var speech = await Content(scenario, await scenario.Emulator.Run(TaskBodies.Speech(scenario.FileId)));

        ((double)audio["output"]!["duration"]!).ShouldBe(Sample.Seconds / 2, 0.05);
        ((double)speech["timeline"]!.AsArray()[^1]!["end"]!).ShouldBeInRange(6, (Sample.Seconds / 2) + 0.1);
    }

    [Fact]
    public async Task times_run_backwards()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { UnorderedOutputPercent = 100 });

        var speech = await Content(scenario, await scenario.Emulator.Run(TaskBodies.Speech(scenario.FileId)));
        var chapters = (await scenario.Emulator.Run(TaskBodies.Chapters(scenario.FileId)))["output"]!["chapters"]!;

        speech["timeline"]!.AsArray().Select(line => (double)line!["start"]!).ShouldBeInOrder(SortDirection.Descending);
        chapters.AsArray().Select(chapter => (double)chapter!["start"]!).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task failing_share_of_tasks_is_the_same_for_the_same_seed()
    {
        var first = await Outcomes(seed: 11);
        var again = await Outcomes(seed: 11);
        var other = await Outcomes(seed: 12);

        again.ShouldBe(first);
        other.ShouldNotBe(first);
        first.Count(status => status == "failed").ShouldBeInRange(8, 32);
    }

    private static async Task<List<string?>> Outcomes(int seed)
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { Seed = seed, FailPercent = 30 });
        var ids = new List<string>();
        for (var number = 0; number < 60; number++)
            ids.Add(await scenario.Emulator.Make(TaskBodies.Audio(scenario.FileId)));

        var outcomes = new List<string?>();
        foreach (var id in ids)
            outcomes.Add((string?)(await scenario.Emulator.Ended(id))["status"]);
        return outcomes;
    }

    private static async Task<JsonNode> Content(DialScenario scenario, JsonNode task) =>
        JsonNode.Parse(await scenario.Emulator.Http.GetStringAsync((string?)task["output"]!["url"]))!;
}
