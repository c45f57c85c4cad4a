using System.Net;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Outbox;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_a_message_is_set_aside : IAsyncLifetime
{
    private readonly IngestHost host = new IngestHost().With("Auth:OwnerClaim", "iss"); // a team of all whose tokens are ours
    private HttpClient olga = null!;

    public async Task InitializeAsync()
    {
        await host.InitializeAsync();
        olga = host.ClientOf("olga", "operator");
        await host.FromDatabase(async db =>
        {
            db.Add(new DeadLetter
            {
                MessageId = Guid.NewGuid(),
                MessageType = "urn:message:Podcast.Contracts:EpisodeUploaded",
                Destination = "rabbitmq://user:secret@broker/podcast.episode-uploaded",
                Reason = "InvalidOperationException: no queue for https://a.example/x?signature=secret",
                Attempts = 20,
                SetAsideAt = host.Clock.GetUtcNow().UtcDateTime,
                Message = "{}",
            });
            return await db.SaveChangesAsync();
        });
    }

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task operator_sees_why_without_secrets()
    {
        var outbox = (await olga.Get("/outbox"))["outboxes"]!.AsArray().ShouldHaveSingleItem()!;

        ((string)outbox["name"]!, (int)outbox["set_aside"]!).ShouldBe(("ingest", 1));
        var message = outbox["messages"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)message["type"]!, (int)message["attempts"]!, message["retry_at"]).ShouldBe(("EpisodeUploaded", 20, null));
        message.ToString().ShouldNotContain("secret");
        message["set_aside_at"]!.GetValue<DateTime>().ShouldBe(host.Clock.GetUtcNow().UtcDateTime);
        await (await host.ClientOf("ann").GetAsync(new Uri("/outbox", UriKind.Relative))).Problem(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task operator_has_it_sent_again_and_it_is_known_why()
    {
        var id = (long)(await olga.Get("/outbox"))["outboxes"]![0]!["messages"]![0]!["id"]!;

        using var asked = await olga.Post($"/outbox/ingest/{id}/send", """{ "why": "the queue is there" }""");
        using var unknown = await olga.Post($"/outbox/ingest/{id + 1}/send");

        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var entry = (await olga.Get("/audit"))["actions"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)entry["by"]!, (string)entry["target"]!, (string)entry["why"]!).ShouldBe(("olga", $"ingest {id}", "the queue is there"));
        ((bool)(await olga.Get("/queues"))["known"]!).ShouldBeFalse("this host has no RabbitMQ");
    }
}
