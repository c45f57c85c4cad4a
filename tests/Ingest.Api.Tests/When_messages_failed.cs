using System.Net;
using System.Text.Json.Nodes;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_messages_failed : IAsyncLifetime
{
    private const string Fault = "42501: permission denied, see https://db.example/?password=secret <script>";

    private RabbitMqVirtualHost broker = null!;
    private IngestHost host = null!;
    private HttpClient olga = null!;

    public async Task InitializeAsync()
    {
        broker = await RabbitMqServer.CreateVirtualHost();
        await broker.Declare("sums", "sums_error", "stray_error");
        host = new IngestHost().With(IngestHost.Broker, broker.ConnectionString).With("Queues:Management", broker.Management);
        await host.InitializeAsync();
        olga = host.ClientOf("olga", "operator");
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Fact]
    public async Task operator_sees_why_and_no_secret()
    {
        await Fail("one", Fault);
        await Fail("two", Fault);
        await Fail("three", "No such episode.");

        var queue = await olga.Get("/queues/sums_error");

        queue["faults"]!.AsArray().Select(fault => ((int)fault!["count"]!, (string)fault["error"]!, (string)fault["fault"]!)).ShouldBe(
        [
            (2, "Npgsql.PostgresException", "42501: permission denied, see https://db.example/?… <script>"),
            (1, "Npgsql.PostgresException", "No such episode."),
        ]);
        var first = queue["messages"]![0]!;
        ((string)first["message_id"]!, (string)first["type"]!, (string)first["body"]!).ShouldBe(("one", "EpisodeChanged", """{"title":"T"}"""));
        first["at"]!.GetValue<DateTime>().ShouldBe(new DateTime(2026, 11, 29, 10, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task each_is_returned_once_with_its_id_and_it_is_known_by_whom()
    {
        foreach (var id in new[] { "one", "two", "three" })
            await Fail(id, Fault);

        var answer = await (await olga.Post("/queues/sums_error/return", """{ "why": "the right is given" }""")).Answer(HttpStatusCode.OK);

        ((string)answer["to"]!, (int)answer["returned"]!, (long)answer["left"]!).ShouldBe(("sums", 3, 0));
        (await broker.Take("sums_error")).ShouldBeNull();
        var returned = new List<string?>();
        while (await broker.Take("sums") is { } message)
            returned.Add(message.GetProperty("properties").GetProperty("message_id").GetString());
        returned.ShouldBe(["one", "two", "three"]);
        var entry = (await olga.Get("/audit"))["actions"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)entry["by"]!, (string)entry["action"]!, (string)entry["target"]!, (string)entry["why"]!)
            .ShouldBe(("olga", "return_messages", "sums_error", "the right is given"));
    }

    [Fact]
    public async Task message_that_the_broker_refuses_stays_where_it_is()
    {
        await broker.Limit("sums", 1);
        await Fail("one", Fault);
        await Fail("two", Fault);

        var problem = await (await olga.Post("/queues/sums_error/return")).Problem(HttpStatusCode.ServiceUnavailable);

        ((string)problem["detail"]!).ShouldContain("1 were returned");
        (await broker.Awaits("sums_error")).GetProperty("properties").GetProperty("message_id").GetString().ShouldBe("two");
        (await broker.Take("sums_error")).ShouldBeNull();
    }

    [Fact]
    public async Task operators_alone_return_them_to_where_they_came_from()
    {
        var ann = host.ClientOf("ann");
        await (await ann.GetAsync(new Uri("/queues/sums_error", UriKind.Relative))).Problem(HttpStatusCode.Forbidden);
        await (await ann.Post("/queues/sums_error/return")).Problem(HttpStatusCode.Forbidden);
        await (await ann.GetAsync(new Uri("/audit", UriKind.Relative))).Problem(HttpStatusCode.Forbidden);

        await (await olga.Post("/queues/stray_error/return")).Problem(HttpStatusCode.Conflict);
        await (await olga.Post("/queues/sums/return")).Problem(HttpStatusCode.NotFound);
        await (await olga.Post("/queues/nothing_error/return")).Problem(HttpStatusCode.NotFound);
        var all = (await ann.Get("/queues"))["queues"]!.AsArray();
        all.Select(queue => ((string)queue!["name"]!, (string)queue["kind"]!)).ShouldContain(("sums_error", "error"));
    }

    private async Task Fail(string id, string fault)
    {
        var headers = new JsonObject
        {
            ["MT-Reason"] = "fault",
            ["MT-Fault-ExceptionType"] = "Npgsql.PostgresException",
            ["MT-Fault-Message"] = fault,
            ["MT-Fault-MessageType"] = "urn:message:Podcast.Contracts:EpisodeChanged",
            ["MT-Fault-Timestamp"] = "2026-11-29T10:00:00.0000000Z",
        };
        (await broker.Publish(
            "", """{ "messageType": ["urn:message:Podcast.Contracts:EpisodeChanged"], "message": { "title": "T" } }""",
            new JsonObject { ["message_id"] = id, ["headers"] = headers }, "sums_error")).ShouldBeTrue();
    }
}

public sealed class When_rabbitmq_cannot_be_asked
{
    [Fact]
    public async Task silent_api_is_a_503_without_its_password()
    {
        var host = new IngestHost().With("Queues:Management", "http://user:secret@127.0.0.1:1/podcast");
        await host.InitializeAsync();
        using var answer = await host.ClientOf("ann").GetAsync(new Uri("/queues", UriKind.Relative));

        ((string)(await answer.Problem(HttpStatusCode.ServiceUnavailable))["detail"]!).ShouldBe("RabbitMQ's management API does not answer.");
        await host.DisposeAsync();
    }
}
