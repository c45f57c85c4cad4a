using System.Diagnostics;
using System.Net;
using Podcast.Contracts;

namespace Podcast.WebhookGateway.Tests;

public sealed class When_a_callback_arrives
{
    private const string Completed =
        """
        {"id":"task_xyz789","kind":"audio","status":"completed",
         "output":{"id":"file_output123","type":"audio/mpeg","url":"https://you.ittybit.net/e/audio.mp3?signature=s3cr3t","duration":62.5,"filesize":1500000}}
        """;

    [Fact]
    public async Task a_completion_is_published_and_acknowledged_with_its_task_id()
    {
        await using var gateway = await GatewayScenario.Start();

        var answer = await gateway.Deliver(Completed, gateway.Callback(TaskKind.VideoTranscode, attempt: 2));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"status":"received","task_id":"task_xyz789"}""");
        var completed = gateway.Published<TaskCompleted>().ShouldHaveSingleItem().Context.Message;
        completed.ShouldBe(new TaskCompleted(
            gateway.Episode, TaskKind.VideoTranscode, 2, "task_xyz789",
            new TaskOutput("file_output123", new Uri("https://you.ittybit.net/e/audio.mp3?signature=s3cr3t"), "audio/mpeg", 62.5, 1_500_000),
            completed.At));
    }

    [Fact]
    public async Task a_failure_is_published_with_its_reason()
    {
        await using var gateway = await GatewayScenario.Start();

        await gateway.Deliver("""{"id":"task_1","status":"failed","error":"No worker was free."}""");

        var failed = gateway.Published<TaskFailed>().ShouldHaveSingleItem().Context.Message;
        (failed.IttybitTaskId, failed.Reason, failed.Transient).ShouldBe(("task_1", "No worker was free.", true));
    }

    [Fact]
    public async Task an_unknown_status_word_is_kept_as_progress()
    {
        await using var gateway = await GatewayScenario.Start();

        var answer = await gateway.Deliver("""{"id":"task_1","status":"defragmenting","progress":41}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var progressed = gateway.Published<TaskProgressed>().ShouldHaveSingleItem().Context.Message;
        (progressed.Status, progressed.Percent).ShouldBe(("defragmenting", 41));
    }

    [Fact]
    public async Task a_completion_without_output_is_still_one()
    {
        await using var gateway = await GatewayScenario.Start();

        (await gateway.Deliver("""{"id":"task_1","status":"completed","output":null}""")).StatusCode.ShouldBe(HttpStatusCode.OK);

        gateway.Published<TaskCompleted>().ShouldHaveSingleItem().Context.Message.Output.ShouldBe(new TaskOutput(null, null));
    }

    [Fact]
    public async Task event_about_no_task_is_acknowledged_and_ignored()
    {
        await using var gateway = await GatewayScenario.Start();

        var answer = await gateway.Deliver("""{"id":"evt_1","object":"event","kind":"media.created","data":{"id":"med_1","object":"media"}}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"status":"ignored"}""");
        gateway.PublishedIds.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_byte_order_mark_is_no_hindrance()
    {
        await using var gateway = await GatewayScenario.Start();

        var answer = await gateway.Deliver([0xEF, 0xBB, 0xBF, .. """{"id":"task_1","status":"completed"}"""u8]);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task nothing_is_acknowledged_before_the_broker_has_it()
    {
        var asked = new TaskCompletionSource();
        var confirmation = new TaskCompletionSource();
        await using var gateway = await GatewayScenario.Start(() =>
        {
            asked.SetResult();
            return confirmation.Task;
        });

        var answer = gateway.Deliver(Completed);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Task.WhenAny(answer, Task.Delay(50));
        answer.IsCompleted.ShouldBeFalse();
        confirmation.SetResult();

        (await answer).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task copies_of_a_delivery_are_one_message_and_nothing_else_is()
    {
        await using var gateway = await GatewayScenario.Start();

        await gateway.Deliver(Completed);
        await gateway.Deliver(Completed);
        await gateway.Deliver(Completed.Replace("62.5", "62.6", StringComparison.Ordinal));
        await gateway.Deliver(Completed, gateway.Callback(attempt: 2));
        await gateway.Deliver(Completed, gateway.Callback(TaskKind.TranscriptGeneration));
        await gateway.Deliver(Completed, "/webhooks/ittybit", GatewayScenario.Signed(Completed));

        var ids = gateway.PublishedIds;
        ids.Count.ShouldBe(6);
        ids.Distinct().Count().ShouldBe(5);
        ids[0].ShouldBe(ids[1]);
    }

    [Fact]
    public async Task the_trace_that_asked_for_the_task_goes_on()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Podcast.WebhookGateway" or "MassTransit",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var gateway = await GatewayScenario.Start();

        await gateway.Deliver(Completed, gateway.Callback() + "?traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        gateway.Published<TaskCompleted>().ShouldHaveSingleItem().Context.Headers.Get<string>("MT-Activity-Id")
            .ShouldNotBeNull().ShouldStartWith("00-0af7651916cd43dd8448eb211c80319c-");
    }

    [Fact]
    public async Task a_trace_that_is_none_is_no_hindrance()
    {
        await using var gateway = await GatewayScenario.Start();

        (await gateway.Deliver(Completed, gateway.Callback() + "?traceparent=00-zz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task neither_body_nor_token_gets_into_the_log()
    {
        await using var gateway = await GatewayScenario.Start();

        await gateway.Deliver(Completed);

        gateway.Log.Text.ShouldContain("task_xyz789");
        gateway.Log.Text.ShouldNotContain("s3cr3t");
        gateway.Log.Text.ShouldNotContain(gateway.Callback().Split('/')[^1]);
    }
}
