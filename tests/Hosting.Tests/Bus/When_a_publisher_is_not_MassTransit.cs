using MassTransit;
using Podcast.Contracts;
using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests.Bus;

public sealed class When_a_publisher_is_not_MassTransit : IAsyncLifetime
{
    private RabbitMqVirtualHost broker = null!;
    private SampleHost host = null!;

    public async Task InitializeAsync()
    {
        broker = await RabbitMqServer.CreateVirtualHost();
        host = await SampleHost.StartOn(broker.ConnectionString, bus =>
        {
            bus.AddSample();
            bus.AddConsumer<EpisodeConsumer>().Endpoint(endpoint => endpoint.Name = "episodes");
        });
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData(null)]
    public async Task an_upload_in_plain_JSON_is_understood(string? contentType)
    {
        const string upload = """
            {
              "episodeId": "0f8fad5b-d9cb-469f-a165-70867728950e", "ownerId": "alice", "title": "Pilot",
              "source": { "url": "https://example.com/raw.mp4" }, "tasks": [{ "kind": "audio_extraction" }], "ours": "unknown to you"
            }
            """;

        (await broker.Publish("podcast.episode-uploaded", upload, Properties(contentType))).ShouldBeTrue();

        await host.Heard.Hears("upload 0f8fad5b-d9cb-469f-a165-70867728950e by alice of https://example.com/raw.mp4: AudioExtraction");
        host.Heard.All.Count.ShouldBe(1); // and not also a cancellation, which the same queue is for
    }

    [Fact]
    public async Task message_without_a_required_field_fails_naming_it()
    {
        await broker.Publish("podcast.episode-uploaded", """{"episodeId":"0f8fad5b-d9cb-469f-a165-70867728950e","title":"Pilot"}""", Properties());

        var reason = (await broker.Awaits("episodes_error")).GetProperty("properties").GetProperty("headers").GetProperty("MT-Fault-Message");
        reason.GetString()!.ShouldContain("ownerId");
        reason.GetString()!.ShouldContain("source");
    }

    [Fact]
    public async Task half_a_surrogate_pair_is_refused_naming_the_field()
    {
        await broker.Publish("podcast.hello", """{"name":"cut in the middle \ud83d"}""", Properties());

        var reason = (await broker.Awaits("say-hello_error")).GetProperty("properties").GetProperty("headers").GetProperty("MT-Fault-Message");
        reason.GetString().ShouldBe("The message cannot be read at $.name: Cannot read incomplete UTF-16 JSON text as string with missing low surrogate.");
        host.Heard.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"name\": ")]
    [InlineData("not JSON")]
    [InlineData("[1, 2]")]
    [InlineData("")]
    public async Task what_is_no_JSON_object_is_refused_saying_so(string body)
    {
        await broker.Publish("podcast.hello", body, Properties());

        var reason = (await broker.Awaits("say-hello_error")).GetProperty("properties").GetProperty("headers").GetProperty("MT-Fault-Message");
        reason.GetString()!.ShouldContain("JSON");
    }

    [Fact]
    public async Task message_id_of_a_foreign_publisher_is_kept_in_any_form()
    {
        var id = Guid.NewGuid();

        await broker.Publish("podcast.hello", """{"name":"a"}""", new { content_type = "application/json", message_id = id });
        await broker.Publish("podcast.hello", """{"name":"b"}""", new { content_type = "application/json", message_id = "42", correlation_id = "?" });
        await broker.Publish("podcast.hello", """{"name":"c"}""", new { content_type = "application/json", message_id = "42" });
        await broker.Publish("podcast.hello", """{"name":"d"}""", Properties());
        await host.Heard.Hears("hello d");
        await Eventually.Holds(() => host.Heard.All.Count == 4, "all four");

        var ids = host.Heard.All.Zip(host.Heard.MessageIds).ToDictionary(pair => pair.First, pair => pair.Second);
        ids["hello a"].ShouldBe(id);
        ids["hello b"].ShouldNotBeNull();
        ids["hello b"].ShouldBe(ids["hello c"]);
        ids["hello d"].ShouldNotBeNull();
        ids["hello d"].ShouldNotBe(ids["hello b"]);
    }

    [Fact]
    public async Task messages_published_from_plain_json_are_envelopes()
    {
        await broker.Publish("podcast.hello", """{"name":"nobody"}""", Properties());
        (await broker.Awaits("say-hello_error")).GetProperty("payload").GetString().ShouldBe("""{"name":"nobody"}""");

        await broker.Publish("podcast.episode-uploaded", """{"episodeId":"0f8fad5b-d9cb-469f-a165-70867728950e","ownerId":"bob","title":"t","source":{"fileId":"f"}}""", Properties());

        await host.Heard.Hears("fault of nobody");
        await host.Heard.Hears("hello from bob");
    }

    private static object Properties(string? contentType = "application/json") =>
        contentType is null ? new { } : new { content_type = contentType };

    private sealed class EpisodeConsumer(Heard heard) : IConsumer<EpisodeUploaded>, IConsumer<CancelEpisode>, IConsumer<Fault<Hello>>
    {
        public async Task Consume(ConsumeContext<EpisodeUploaded> context)
        {
            var upload = context.Message;
            heard.Add($"upload {upload.EpisodeId} by {upload.OwnerId} of {upload.Source.Url}: {string.Join(' ', upload.Tasks?.Select(task => task.Kind) ?? [])}");
            if (upload.OwnerId == "bob")
                await context.Publish(new Hello("from bob"));
        }

        public Task Consume(ConsumeContext<CancelEpisode> context)
        {
            heard.Add($"cancel {context.Message.EpisodeId}");
            return Task.CompletedTask;
        }

        public Task Consume(ConsumeContext<Fault<Hello>> context)
        {
            heard.Add($"fault of {context.Message.Message.Name}");
            return Task.CompletedTask;
        }
    }
}
