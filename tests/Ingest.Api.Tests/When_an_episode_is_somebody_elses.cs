using System.Net;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_an_episode_is_somebody_elses(IngestHost host) : IClassFixture<IngestHost>
{
    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/history")]
    [InlineData("GET", "/transcript")]
    [InlineData("POST", "/confirm-upload", """{ "ittybit_file_id": "file_1" }""")]
    [InlineData("POST", "/retry")]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/resume")]
    public async Task it_is_not_there(string method, string path, string? body = null)
    {
        var id = Guid.NewGuid();
        await host.Deliver(
            Snapshot.Of(id, 1, "ann", EpisodeStatus.Held, "Look at it", Snapshot.Task(TaskKind.AudioExtraction, TaskState.Failed)),
            new TranscriptCollected(id, 1, "Secret.", null, [], Snapshot.At(1)));
        await Eventually.Holds(async () => (await Send(host.ClientOf("ann"), id, "GET", "/transcript")).IsSuccessStatusCode, "ann has it");

        var bob = host.ClientOf("bob");
        var problem = await (await Send(bob, id, method, path, body)).Problem(HttpStatusCode.NotFound);
        var unknown = await (await Send(bob, Guid.NewGuid(), method, path, body)).Problem(HttpStatusCode.NotFound);

        ((string?)problem["detail"]).ShouldBe((string?)unknown["detail"]);
        (await bob.Get("/episodes"))["episodes"]!.AsArray().ShouldBeEmpty();
        host.Published<RetryEpisode>().ShouldBeEmpty();
        host.Published<CancelEpisode>().ShouldBeEmpty();
        host.Published<ResumeEpisode>().ShouldBeEmpty();
    }

    private static Task<HttpResponseMessage> Send(HttpClient client, Guid id, string method, string path, string? body = null) =>
        method == "POST"
            ? client.Post($"/episodes/{id}{path}", body)
            : client.GetAsync(new Uri($"/episodes/{id}{path}", UriKind.Relative));
}
