using System.Net;
using Podcast.Emulators.Tests.Transistor.Support;
using Podcast.Emulators.Transistor;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Transistor;

public sealed class When_the_dial_is_turned : IAsyncLifetime
{
    private RunningTransistor transistor = null!;

    public async Task InitializeAsync() => transistor = await RunningTransistor.Start();

    public async Task DisposeAsync() => await transistor.DisposeAsync();

    [Fact]
    public async Task server_errors_change_nothing()
    {
        transistor.Emulator.Chaos = new TransistorDial { ServerErrorPercent = 100 };

        (await Post()).ShouldBe(HttpStatusCode.InternalServerError);

        transistor.Emulator.Episodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task lost_answers_come_after_the_change()
    {
        transistor.Emulator.Chaos = new TransistorDial { LostAnswerPercent = 100 };

        await Should.ThrowAsync<HttpRequestException>(Post);

        transistor.Emulator.Episodes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task slow_answers_wait_for_the_clock()
    {
        transistor.Emulator.Chaos = new TransistorDial { SlowPercent = 100, SlowMs = 360_000 };
        var waiting = transistor.Clock.Waiting;

        var post = Post();
        await Eventually.Holds(() => transistor.Clock.Waiting > waiting, "the answer waits");
        post.IsCompleted.ShouldBeFalse();
        await Eventually.Holds(
            () =>
            {
                transistor.Clock.Advance(TimeSpan.FromMinutes(6)); // again, if the first timer was another's
                return post.IsCompleted;
            },
            "the answer comes");

        (await post).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task the_same_seed_hits_the_same_requests()
    {
        var first = await Pattern(seed: 7);

        (await Pattern(seed: 7)).ShouldBe(first);
        (await Pattern(seed: 8)).ShouldNotBe(first);
        first.ShouldContain(HttpStatusCode.Created);
        first.ShouldContain(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task the_dial_is_set_over_http()
    {
        var set = await transistor.Json(HttpMethod.Put, "_emulator/chaos", """{"seed":3,"lost_answer_percent":20}""");

        set.Status.ShouldBe(HttpStatusCode.OK);
        transistor.Emulator.Chaos.ShouldBe(new TransistorDial { Seed = 3, LostAnswerPercent = 20 });
        ((int)(await transistor.Get("_emulator/chaos")).Json["lost_answer_percent"]!).ShouldBe(20);
        foreach (var wrong in new[] { """{"lost_percent":20}""", """{"lost_answer_percent":101}""", "null", "{" })
            (await transistor.Json(HttpMethod.Put, "_emulator/chaos", wrong)).Status.ShouldBe(HttpStatusCode.BadRequest, wrong);
    }

    private async Task<List<HttpStatusCode>> Pattern(int seed)
    {
        transistor.Emulator.Chaos = new TransistorDial { Seed = seed, ServerErrorPercent = 50 };
        var pattern = new List<HttpStatusCode>();
        for (var number = 0; number < 20; number++)
            pattern.Add(await Post());
        return pattern;
    }

    private async Task<HttpStatusCode> Post() =>
        (await transistor.Form(HttpMethod.Post, "v1/episodes", ("episode[show_id]", "1"))).Status;
}
