using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Outbox;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_others_have_outboxes
{
    private const string Key = "the-key-of-all-outbox-desks";
    private readonly Desk desk = new();

    [Fact]
    public async Task operator_sees_them_and_has_a_message_sent_again()
    {
        await using var other = await Start(Key);
        await using var host = await Host(other.Urls.Single());
        var olga = host.ClientOf("olga", "operator");

        var outbox = await Outbox(olga);
        using var asked = await olga.Post("/outbox/orchestrator/7/send", """{ "why": "the queue is there" }""");
        using var unknown = await olga.Post("/outbox/orchestrator/8/send");

        ((int)outbox["set_aside"]!, (string?)outbox["problem"]).ShouldBe((1, null));
        var message = outbox["messages"]!.AsArray().ShouldHaveSingleItem()!;
        ((long)message["id"]!, (string)message["type"]!, (DateTime)message["set_aside_at"]!).ShouldBe((7, "RunTask", Desk.At));
        (asked.StatusCode, unknown.StatusCode).ShouldBe((HttpStatusCode.Accepted, HttpStatusCode.NotFound));
        desk.Sent.ShouldBe([7, 8]);
        ((string)(await olga.Get("/audit"))["actions"]!.AsArray().ShouldHaveSingleItem()!["target"]!).ShouldBe("orchestrator 7");
    }

    [Theory]
    [InlineData("another-key-of-outbox-desks")]
    [InlineData(null)] // closed
    public async Task desk_with_another_key_is_told_of_as_a_problem(string? key)
    {
        await using var other = await Start(key);
        await using var host = await Host(other.Urls.Single());

        ((string?)(await Outbox(host.ClientOf("olga", "operator")))["problem"]).ShouldEndWith("answered 404.");
        desk.Looks.ShouldBe(0);
    }

    [Fact]
    public async Task service_that_is_away_is_told_of_as_a_problem()
    {
        await using var host = await Host($"http://127.0.0.1:{Ports.Free()[0]}");

        ((string?)(await Outbox(host.ClientOf("olga", "operator")))["problem"]).ShouldEndWith("does not answer.");
        using var asked = await host.ClientOf("olga", "operator").Post("/outbox/orchestrator/7/send");
        ((string)(await asked.Problem(HttpStatusCode.ServiceUnavailable))["detail"]!).ShouldContain("stays set aside");
    }

    private static async Task<JsonNode> Outbox(HttpClient client) =>
        (await client.Get("/outbox"))["outboxes"]!.AsArray().Single(one => (string)one!["name"]! == "orchestrator")!;

    private static async Task<IngestHost> Host(string other)
    {
        var host = new IngestHost().With("OutboxDesks:Key", Key).With("OutboxDesks:Others:orchestrator", other);
        await host.InitializeAsync();
        return host;
    }

    private async Task<WebApplication> Start(string? key)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IOutboxDesk>(desk).Configure<OutboxDeskOptions>(options => options.Key = key);
        var app = builder.Build();
        app.MapOutboxDesks();
        await app.StartAsync();
        return app;
    }

    private sealed class Desk : IOutboxDesk
    {
        public static readonly DateTime At = new(2026, 1, 15, 14, 32, 10, DateTimeKind.Utc);

        public string Name => "orchestrator";

        public int Looks { get; private set; }

        public List<long> Sent { get; } = [];

        public Task<OutboxLook> Look(int most, CancellationToken cancellationToken)
        {
            Looks++;
            var letter = new DeadLetter { Id = 7, MessageType = "urn:message:Podcast.Contracts:RunTask", SetAsideAt = At };
            return Task.FromResult(new OutboxLook(At, 1, [letter]));
        }

        public Task<bool> SendAgain(long id, CancellationToken cancellationToken)
        {
            Sent.Add(id);
            return Task.FromResult(id == 7);
        }
    }
}
