using System.Net;
using System.Text.Json.Nodes;
using Podcast.Emulators.Ittybit.Chaos;

namespace Podcast.Emulators.Tests.Ittybit.Chaos;

public sealed class When_requests_are_turned_away
{
    [Fact]
    public async Task too_many_requests_says_in_seconds_when_to_come_back()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { TooManyRequestsPercent = 100, RetryAfterSeconds = 7 });

        var answer = await scenario.PostAudio();

        answer.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        scenario.Emulator.Emulator.Totals.Tasks.ShouldBe(0);
    }

    [Fact]
    public async Task too_many_requests_says_as_a_date_when_to_come_back()
    {
        await using var scenario = await DialScenario.Under(
            new ChaosDial { TooManyRequestsPercent = 100, RetryAfter = RetryAfterForm.Date, RetryAfterSeconds = 60 });

        var answer = await scenario.PostAudio();

        answer.Headers.RetryAfter!.Date!.Value.ShouldBe(TimeProvider.System.GetUtcNow().AddMinutes(1), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task too_many_requests_may_not_say_when_to_come_back()
    {
        await using var scenario = await DialScenario.Under(
            new ChaosDial { TooManyRequestsPercent = 100, RetryAfter = RetryAfterForm.None });

        (await scenario.PostAudio()).Headers.RetryAfter.ShouldBeNull();
    }

    [Fact]
    public async Task a_server_error_makes_nothing()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { ServerErrorPercent = 100, ServerErrorStatus = 503 });

        (await scenario.PostAudio()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        scenario.Emulator.Emulator.Totals.Tasks.ShouldBe(0);
    }

    [Fact]
    public async Task payment_is_required_until_the_dial_is_turned_back()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { PaymentRequired = true });
        (await scenario.PostAudio()).Status.ShouldBe(HttpStatusCode.PaymentRequired);

        scenario.Emulator.Emulator.Chaos = new ChaosDial();
        (await scenario.PostAudio()).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task payment_is_required_only_for_what_costs()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { PaymentRequired = true });

        (await scenario.PostAudio()).Status.ShouldBe(HttpStatusCode.PaymentRequired);
        var file = await scenario.Emulator.Post("files", new JsonObject { ["url"] = "https://example.com/a.mp4" });
        file.Status.ShouldBe(HttpStatusCode.PaymentRequired);
        (await scenario.Emulator.Post("signatures", new JsonObject { ["filename"] = "a.mp4" })).Status.ShouldBe(HttpStatusCode.OK);
        (await scenario.Emulator.Get("tasks")).Status.ShouldBe(HttpStatusCode.OK);
        (await scenario.Emulator.Get($"files/{scenario.FileId}")).Status.ShouldBe(HttpStatusCode.OK);
        scenario.Emulator.Emulator.Totals.Tasks.ShouldBe(0);
    }

    [Fact]
    public async Task the_key_is_revoked()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { KeyRevoked = true });

        (await scenario.PostAudio()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await scenario.Emulator.Get("tasks")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task faults_can_hit_creations_only_or_reads_only()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { ServerErrorPercent = 100, AnswersOf = AnswerScope.Creates });
        (await scenario.PostAudio()).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await scenario.Emulator.Get("tasks")).Status.ShouldBe(HttpStatusCode.OK);

        scenario.Emulator.Emulator.Chaos = new ChaosDial { ServerErrorPercent = 100, AnswersOf = AnswerScope.Reads };
        (await scenario.PostAudio()).Status.ShouldBe(HttpStatusCode.Created);
        (await scenario.Emulator.Get("tasks")).Status.ShouldBe(HttpStatusCode.InternalServerError);
    }
}
