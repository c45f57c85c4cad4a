using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Ittybit.Chaos;

public sealed class When_answers_go_wrong
{
    [Fact]
    public async Task a_server_error_may_come_after_the_task_was_made()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { ServerErrorPercent = 100, ServerErrorAfterAccept = true });

        (await scenario.PostAudio()).Status.ShouldBe(HttpStatusCode.InternalServerError);

        var entry = scenario.Emulator.Emulator.Creates()[^1];
        (entry.Answer, entry.Fault).ShouldBe((500, "server_error_after_accept"));
        entry.TaskId.ShouldNotBeNull();
        scenario.Emulator.Emulator.Totals.Tasks.ShouldBe(1);
    }

    [Fact]
    public async Task a_task_is_made_and_the_answer_never_comes()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { TimeoutAfterAcceptPercent = 100 });

        await Should.ThrowAsync<HttpRequestException>(() => scenario.PostAudio());

        var entry = scenario.Emulator.Emulator.Creates()[^1];
        (entry.Answer, entry.Fault).ShouldBe((null, "timeout_after_accept"));
        await scenario.Receiver.End(entry.TaskId!);
    }

    [Fact]
    public async Task a_silent_connection_is_held_until_the_client_gives_up()
    {
        await using var scenario = await DialScenario.Under(
            new ChaosDial { TimeoutAfterAcceptPercent = 100, TimeoutAfterAcceptHoldMs = 60_000 });
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        using var body = new StringContent(scenario.Audio().ToJsonString());
        await Should.ThrowAsync<OperationCanceledException>(() => scenario.Emulator.Http.PostAsync("tasks", body, patience.Token));

        scenario.Emulator.Emulator.Totals.Tasks.ShouldBe(1);
    }

    [Fact]
    public async Task an_answer_is_cut_in_the_middle_of_its_json()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { TruncatedJsonPercent = 100 });

        var answer = await scenario.PostAudio();

        answer.Status.ShouldBe(HttpStatusCode.Created);
        Should.Throw<JsonException>(() => JsonNode.Parse(answer.Text));
        scenario.Emulator.Emulator.Totals.Tasks.ShouldBe(1);
    }

    [Fact]
    public async Task a_connection_is_reset_in_the_middle_of_the_answer()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { ResetMidBodyPercent = 100 });

        await Should.ThrowAsync<HttpRequestException>(() => scenario.PostAudio());

        scenario.Emulator.Emulator.Creates()[^1].Fault.ShouldBe("reset_mid_body");
        scenario.Emulator.Emulator.Totals.Tasks.ShouldBe(1);
    }

    [Fact]
    public async Task a_page_comes_instead_of_json()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { HtmlPercent = 100 });

        var answer = await scenario.PostAudio();

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Text.ShouldStartWith("<!doctype html>");
    }

    [Fact]
    public async Task list_holds_elements_that_cannot_be_read()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { ForeignElementsPercent = 100 });
        var id = await scenario.Emulator.Make(scenario.Audio());

        var list = (await scenario.Emulator.Get("tasks")).Json.AsArray();

        list.Count(element => element is null).ShouldBe(1);
        list.OfType<JsonValue>().Count().ShouldBe(2);
        list.OfType<JsonObject>().ShouldContain(task => task["id"] != null && task["id"]!.ToJsonString() == "7");
        list.OfType<JsonObject>().ShouldContain(task => task["id"] != null && task["id"]!.ToJsonString() == $"\"{id}\"");
    }

    [Fact]
    public async Task json_of_another_shape_comes_in_four_forms()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { WrongShapePercent = 100 });

        var seen = new HashSet<string>();
        await Eventually.Holds(
            async () =>
            {
                seen.Add((await scenario.PostAudio()).Json switch
                {
                    JsonArray => "array",
                    JsonObject json when json.ContainsKey("data") => "envelope",
                    JsonObject json => json["id"]?.GetValueKind().ToString() ?? "null",
                    _ => "other",
                });
                return seen.Count == 4;
            },
            "four shapes");
        seen.ShouldBe(["array", "envelope", "Number", "null"], ignoreOrder: true);
    }

    [Fact]
    public async Task answers_are_slow()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { AnswerDelayMs = 300 });
        var watch = Stopwatch.StartNew();

        await scenario.Emulator.Get("tasks");

        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task an_idempotency_key_gets_the_first_answer_again()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { HonourIdempotencyKeys = true });

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => scenario.PostAudio(("Idempotency-Key", "episode-1"))));
        var other = await scenario.PostAudio(("Idempotency-Key", "episode-2"));
        var later = await scenario.PostAudio(("Idempotency-Key", "episode-1"));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(9);
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem().ShouldBe(later.Text);
        ((string?)other.Json["id"]).ShouldNotBe((string?)later.Json["id"]);
        scenario.Emulator.Emulator.Totals.Tasks.ShouldBe(2);
    }

    [Fact]
    public async Task two_creations_get_the_same_id()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { SameIdPercent = 100 });

        var first = await scenario.PostAudio();
        var second = await scenario.PostAudio();

        second.Status.ShouldBe(HttpStatusCode.Created);
        ((string?)second.Json["id"]).ShouldBe((string?)first.Json["id"]);
        scenario.Emulator.Emulator.Totals.Tasks.ShouldBe(1);
    }

    [Fact]
    public async Task a_read_lags_behind_the_webhook()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { StaleReadMs = 1500 });

        var id = (await scenario.EndOfAudio()).TaskId!;

        var read = (await scenario.Emulator.Get($"tasks/{id}")).Json;
        ((string?)read["status"]).ShouldBe("processing");
        read["output"].ShouldBeNull();
        ((string?)(await scenario.Emulator.Get("tasks")).Json[0]!["status"]).ShouldBe("processing");
        ((string?)(await scenario.Emulator.Ended(id))["status"]).ShouldBe("completed");
    }

    [Fact]
    public async Task an_output_url_ends_and_a_read_gives_a_new_one()
    {
        await using var scenario = await DialScenario.Under(new ChaosDial { OutputUrlSeconds = 1 });
        var id = (await scenario.EndOfAudio()).TaskId!;
        var url = new Uri((string)(await scenario.Emulator.Ended(id))["output"]!["url"]!);

        using var client = new HttpClient();
        (await client.GetAsync(url.GetLeftPart(UriPartial.Path))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await Eventually.Holds(async () => (await client.GetAsync(url)).StatusCode == HttpStatusCode.Forbidden, "the URL's end");

        scenario.Emulator.Emulator.Chaos = new ChaosDial { OutputUrlSeconds = 60 };
        var fresh = (string?)(await scenario.Emulator.Ended(id))["output"]!["url"];
        (await client.GetAsync(fresh)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
