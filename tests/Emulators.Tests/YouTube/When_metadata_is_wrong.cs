using System.Net;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.YouTube.Support;

namespace Podcast.Emulators.Tests.YouTube;

public sealed class When_metadata_is_wrong : IAsyncLifetime
{
    private RunningYouTube youTube = null!;

    public async Task InitializeAsync() => youTube = await RunningYouTube.Start();

    public async Task DisposeAsync() => await youTube.DisposeAsync();

    [Theory]
    [InlineData("title", "", "invalidTitle")]
    [InlineData("title", "a < b", "invalidTitle")]
    [InlineData("title", "x101", "invalidTitle")]
    [InlineData("title", "x100", null)]
    [InlineData("description", "a > b", "invalidDescription")]
    [InlineData("description", "ü2501", "invalidDescription")]
    [InlineData("description", "ü2500", null)]
    [InlineData("tags", "x501", "invalidTags")]
    [InlineData("tags", "x500", null)]
    [InlineData("categoryId", "news", "invalidCategoryId")]
    public async Task snippet_must_keep_the_limits(string field, string value, string? reason)
    {
        var text = value.Length > 3 && int.TryParse(value[1..], out var count) ? new string(value[0], count) : value;
        var metadata = Uploading.Metadata();
        metadata["snippet"]![field] = field == "tags" ? new JsonArray(text) : text;

        await Answers(metadata, reason, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task tags_count_their_commas_and_quotation_marks()
    {
        var metadata = Uploading.Metadata();
        metadata["snippet"]!["tags"] = new JsonArray(new string('x', 249), new string('y', 248) + " ");

        await Answers(metadata, "invalidTags", HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("privacyStatus", "secret", "forbiddenPrivacySetting", HttpStatusCode.Forbidden)]
    [InlineData("license", "mine", "forbiddenLicenseSetting", HttpStatusCode.Forbidden)]
    [InlineData("publishAt", "tomorrow", "invalidPublishAt", HttpStatusCode.BadRequest)]
    [InlineData("publishAt", "2026-02-01T06:00:00Z", null, HttpStatusCode.OK)]
    public async Task status_must_be_known(string field, string value, string? reason, HttpStatusCode status)
    {
        var metadata = Uploading.Metadata();
        metadata["status"]![field] = value;

        await Answers(metadata, reason, status);
    }

    [Theory]
    [InlineData("public")]
    [InlineData("unlisted")]
    public async Task publish_at_is_for_private_videos(string privacy)
    {
        var metadata = Uploading.Metadata(privacy: privacy);
        metadata["status"]!["publishAt"] = "2026-02-01T06:00:00Z";

        await Answers(metadata, "invalidPublishAt", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task upload_without_metadata_is_refused()
    {
        var answer = await youTube.Send(HttpMethod.Post, Uploading.Videos + "&uploadType=media", new ByteArrayContent([1]));

        (answer.Status, answer.Reason()).ShouldBe((HttpStatusCode.BadRequest, "invalidVideoMetadata"));
    }

    private async Task Answers(JsonNode metadata, string? reason, HttpStatusCode status)
    {
        var answer = await youTube.StartSession(metadata);

        answer.Status.ShouldBe(reason is null ? HttpStatusCode.OK : status);
        (reason is null ? null : answer.Reason()).ShouldBe(reason);
        youTube.Emulator.Uploads.Count.ShouldBe(reason is null ? 1 : 0);
    }
}
