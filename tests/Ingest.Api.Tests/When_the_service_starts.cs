using System.Net;
using Microsoft.EntityFrameworkCore;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_the_service_starts(IngestHost host) : IClassFixture<IngestHost>
{
    [Fact]
    public async Task openapi_document_lists_every_endpoint_with_a_summary()
    {
        var document = await host.Anonymous().Get("/openapi/v1.json");

        var operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Name: $"{operation.Key} {path.Key}", operation.Value)))
            .ToArray();
        operations.Select(operation => operation.Name).ShouldBe(
            [
                "get /episodes", "post /episodes", "post /episodes/prepare-upload", "post /episodes/{id}/confirm-upload", "get /episodes/{id}",
                "get /episodes/{id}/history", "get /episodes/{id}/transcript", "post /episodes/{id}/retry", "post /episodes/{id}/cancel",
                "post /episodes/{id}/resume", "post /episodes/{id}/republish", "get /episodes/{id}/publications",
                "post /episodes/{id}/publications/{channel}/approve", "post /episodes/{id}/publications/{channel}/retry",
                "post /episodes/{id}/publications/{channel}/retract", "get /shows", "get /shows/{slug}", "put /shows/{slug}",
                "get /episodes/{id}/publish-pack/{channel}", "get /releases/plan",
                "get /lanes", "get /lanes/{name}", "post /lanes/{name}/resume", "post /lanes/{provider}/{account}/resume",
                "get /episodes/counts", "get /episodes/changes",
                "post /episodes/{id}/publications/{channel}/hold", "post /episodes/{id}/publications/{channel}/resume",
                "post /episodes/{id}/publications/{channel}/move", "get /releases/quotas", "get /episodes/{id}/chapters", "get /me",
                "get /failures", "get /failures/{cause}", "post /failures/{cause}/retry", "get /jobs", "post /jobs", "get /jobs/{id}",
                "get /queues", "get /queues/{name}", "post /queues/{name}/return", "get /outbox", "post /outbox/{outbox}/{id}/send", "get /audit",
                "get /backlog-runs", "get /backlog-runs/{id}", "put /backlog-runs/{id}",
            ], ignoreOrder: true);
        operations.ShouldAllBe(operation => operation.Value!["summary"] != null);
        document["components"]!["securitySchemes"]!["bearer"].ShouldNotBeNull();
        document["components"]!["schemas"]!["ConfirmUpload"]!["properties"]!["ittybit_file_id"].ShouldNotBeNull();
        document["components"]!["schemas"]!["EpisodeView"]!["properties"]!["processing_started_at"].ShouldNotBeNull();
    }

    [Fact]
    public async Task openapi_document_says_what_a_valid_body_is()
    {
        var document = await host.Anonymous().Get("/openapi/v1.json");

        var upload = document["components"]!["schemas"]!["PrepareUpload"]!;
        upload["required"]!.AsArray().Select(field => (string)field!).ShouldBe(["filename", "title", "filesize"], ignoreOrder: true);
        ((int)upload["properties"]!["title"]!["maxLength"]!).ShouldBe(200);
        ((long)upload["properties"]!["filesize"]!["minimum"]!).ShouldBe(1);
        ((int)upload["properties"]!["tasks"]!["minItems"]!).ShouldBe(1);

        var show = document["components"]!["schemas"]!["PutShow"]!;
        show["required"]!.AsArray().Select(field => (string)field!).ShouldBe(["name"]);
        show["properties"]!.AsObject().Select(field => field.Key).ShouldBe(
            ["name", "tasks", "language", "time_zone", "title_pattern", "description_pattern", "captions", "approval", "channels"]);
    }

    [Fact]
    public async Task the_tables_have_the_columns_of_the_tutorial()
    {
        var columns = await host.FromDatabase(db => Task.FromResult(db.Model.GetEntityTypes().ToDictionary(
            entity => entity.GetTableName()!, entity => entity.GetProperties().Select(property => property.GetColumnName()).ToArray())));

        columns["episodes"].ShouldBeSupersetOf(
        [
            "id", "user_id", "title", "description", "original_filename", "file_size", "ittybit_folder", "ittybit_file_id", "ittybit_media_id",
            "audio_file_id", "audio_url", "video_file_id", "video_url", "status", "processing_started_at", "processing_completed_at",
            "created_at", "updated_at",
        ]);
        columns["processing_tasks"].ShouldBeSupersetOf(
        [
            "id", "episode_id", "ittybit_task_id", "type", "status", "output_file_id", "output_url", "error_message", "metadata",
            "created_at", "updated_at",
        ]);
        columns["episode_history"].ShouldBe(["episode_id", "version", "at", "what", "task", "by", "why"], ignoreOrder: true);
        columns["transcripts"].ShouldBeSupersetOf(["episode_id", "text", "language", "lines", "stored_at"]);
    }

    [Fact]
    public async Task it_is_live_and_ready_without_a_token()
    {
        (await host.Anonymous().GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.Holds(
            async () => (await host.Anonymous().GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode == HttpStatusCode.OK, "ready");
    }
}

file static class Supersets
{
    public static void ShouldBeSupersetOf(this string[] actual, string[] expected) => expected.Except(actual).ShouldBeEmpty();
}
