using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_an_upload_is_confirmed : IClassFixture<IngestHost>
{
    private readonly IngestHost host;
    private readonly HttpClient client;
    private readonly string file = $"file_{Guid.NewGuid():N}";

    public When_an_upload_is_confirmed(IngestHost host)
    {
        this.host = host;
        client = host.ClientOf($"owner-{Guid.NewGuid():N}");
        host.Ittybit.Refuses = null;
        host.Clock.Advance(TimeSpan.FromMinutes(1)); // past what a test before had Ittybit ask for
        host.Ittybit.Stuck = null;
        host.Ittybit.Has(file);
    }

    [Fact]
    public async Task the_same_file_again_gets_the_same_answer_and_starts_nothing()
    {
        var id = await Prepare(client);

        var first = await Confirm(id, file).Answer();
        var second = await Confirm(id, file).Answer();

        JsonNode.DeepEquals(first, second).ShouldBeTrue();
        await Announced(id);
        Announcements(id).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task another_file_is_a_409()
    {
        host.Ittybit.Has("file_2");
        var id = await Prepare(client);
        await Confirm(id, file).Answer();

        await (await Confirm(id, "file_2")).Problem(HttpStatusCode.Conflict);

        await Announced(id);
        Announcements(id).Single().Source.FileId.ShouldBe(file);
    }

    [Fact]
    public async Task concurrent_confirmations_accept_and_announce_one_file()
    {
        var files = Enumerable.Range(1, 8).Select(n => $"{file}_{n}").ToArray();
        foreach (var each in files)
            host.Ittybit.Has(each);
        var id = await Prepare(client);

        var answers = await Task.WhenAll(files.Select(each => Confirm(id, each)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(7);
        await Announced(id);
        var winner = files[Array.FindIndex(answers, answer => answer.StatusCode == HttpStatusCode.Accepted)];
        Announcements(id).Single().Source.FileId.ShouldBe(winner);
        (await host.FromDatabase(db => db.Episodes.FindAsync(id).AsTask()))!.IttybitFileId.ShouldBe(winner);
    }

    [Fact]
    public async Task a_file_that_several_owners_confirm_at_once_is_one_owners()
    {
        var owners = Enumerable.Range(1, 8).Select(n => host.ClientOf($"owner-{n}-{file}")).ToArray();
        var ids = await Task.WhenAll(owners.Select(Prepare));
        host.Ittybit.Stuck = new TaskCompletionSource();
        var answers = owners.Zip(ids, (owner, id) => owner.Post($"/episodes/{id}/confirm-upload", new { ittybit_file_id = file })).ToArray();
        await Eventually.Holds(() => host.Ittybit.Waiting == owners.Length, "each is past the look at what others have");
        host.Ittybit.Stuck.SetResult();

        var statuses = (await Task.WhenAll(answers)).Select(answer => answer.StatusCode).ToArray();

        statuses.Count(status => status == HttpStatusCode.Accepted).ShouldBe(1);
        statuses.Count(status => status == HttpStatusCode.UnprocessableEntity).ShouldBe(7);
        (await host.FromDatabase(db => db.Episodes.CountAsync(e => e.IttybitFileId == file))).ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, -1)]
    public async Task a_size_or_length_of_nothing_is_not_known(long filesize, double duration)
    {
        host.Ittybit.Has(file, filesize: filesize, duration: duration);
        var id = await Prepare(client);

        await Confirm(id, file).Answer();

        await Announced(id);
        Announcements(id).Single().Source.ShouldBe(new EpisodeSource(file, null, "a.mp4", 1000));
    }

    [Fact]
    public async Task a_file_that_Ittybit_does_not_have_is_named()
    {
        var id = await Prepare(client);

        var problem = await (await Confirm(id, "file_none")).Problem(HttpStatusCode.UnprocessableEntity);

        problem["errors"]!["ittybit_file_id"].ShouldNotBeNull();
        ((string)(await client.Get($"/episodes/{id}"))["status"]!).ShouldBe("awaiting_upload");
    }

    [Fact]
    public async Task a_file_that_Ittybit_could_not_read_is_named()
    {
        host.Ittybit.Has("file_bad", status: "failed");
        var id = await Prepare(client);

        (await (await Confirm(id, "file_bad")).Problem(HttpStatusCode.UnprocessableEntity))["errors"]!["ittybit_file_id"].ShouldNotBeNull();
    }

    [Fact]
    public async Task a_file_of_another_owner_looks_like_none()
    {
        await Confirm(await Prepare(client), file).Answer();
        var bob = host.ClientOf($"bob-{file}");
        var id = await Prepare(bob);

        var taken = await (await bob.Post($"/episodes/{id}/confirm-upload", new { ittybit_file_id = file }))
            .Problem(HttpStatusCode.UnprocessableEntity);
        var none = await (await bob.Post($"/episodes/{id}/confirm-upload", new { ittybit_file_id = "file_none" }))
            .Problem(HttpStatusCode.UnprocessableEntity);

        ((string)taken["detail"]!).ShouldBe((string)none["detail"]!);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(401)]
    public async Task an_Ittybit_that_is_away_is_no_reason_to_refuse(int status)
    {
        var id = await Prepare(client);
        host.Ittybit.Refuses = status;

        await Confirm(id, file).Answer();

        await Announced(id);
        Announcements(id).Single().Source.ShouldBe(new EpisodeSource(file, null, "a.mp4", 1000));
    }

    [Fact]
    public async Task an_Ittybit_that_does_not_answer_is_not_waited_for()
    {
        var id = await Prepare(client);
        host.Ittybit.Stuck = new TaskCompletionSource();
        var timers = host.Clock.Waiting;

        var confirming = Confirm(id, file);
        await Eventually.Holds(() => host.Clock.Waiting > timers, "it waits for Ittybit");
        while (!confirming.IsCompleted)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(confirming, Task.Delay(20));
        }

        await confirming.Answer();
        host.Ittybit.Stuck.SetResult();
    }

    [Fact]
    public async Task an_episode_that_came_by_address_waits_for_no_upload()
    {
        var made = await (await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = "T" })).Answer(HttpStatusCode.Accepted);

        await (await Confirm((Guid)made["id"]!, file)).Problem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task an_unknown_episode_is_a_404() =>
        await (await Confirm(Guid.NewGuid(), file)).Problem(HttpStatusCode.NotFound);

    [Theory]
    [InlineData(500, HttpStatusCode.ServiceUnavailable)]
    [InlineData(402, HttpStatusCode.ServiceUnavailable)]
    [InlineData(400, HttpStatusCode.BadGateway)]
    public async Task an_Ittybit_that_signs_nothing_leaves_nothing_behind(int status, HttpStatusCode expected)
    {
        host.Ittybit.Refuses = status;

        var response = await client.Post("/episodes/prepare-upload", new { filename = "a.mp4", title = "T", filesize = 1000 });

        await response.Problem(expected);
        (response.Headers.RetryAfter is not null).ShouldBe(expected == HttpStatusCode.ServiceUnavailable);
        (await client.Get("/episodes"))["episodes"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task no_signed_address_and_no_token_is_logged()
    {
        var id = await Prepare(client);
        await Confirm(id, file).Answer();
        await client.Post("/episodes", new { url = "https://example.com/a.mp4?token=hidden", title = "T" });
        await client.Post("/episodes", new { url = "https://me:hidden@example.com/a.mp4", title = "T" });

        host.Logged.ShouldContain(line => line.Contains($"{id} confirmed", StringComparison.Ordinal));
        host.Logged.ShouldNotContain(line =>
            line.Contains("signature=", StringComparison.Ordinal) || line.Contains("hidden", StringComparison.Ordinal)
            || line.Contains("eyJ", StringComparison.Ordinal));
    }

    private static async Task<Guid> Prepare(HttpClient client)
    {
        var response = await client.Post("/episodes/prepare-upload", new { filename = "a.mp4", title = "T", filesize = 1000 });
        return (Guid)(await response.Answer(HttpStatusCode.Created))["id"]!;
    }

    private Task<HttpResponseMessage> Confirm(Guid id, string fileId) =>
        client.Post($"/episodes/{id}/confirm-upload", new { ittybit_file_id = fileId });

    private IReadOnlyList<EpisodeUploaded> Announcements(Guid id) =>
        [.. host.Published<EpisodeUploaded>().Where(e => e.EpisodeId == id)];

    private Task Announced(Guid id) => Eventually.Holds(() => Announcements(id).Count > 0, "the episode is announced");
}

file static class Answers
{
    public static async Task<JsonNode> Answer(this Task<HttpResponseMessage> response) =>
        await (await response).Answer(HttpStatusCode.Accepted);
}
