using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.YouTube.Support;
using Podcast.Emulators.YouTube.Chaos;
using static Podcast.Emulators.Tests.YouTube.Support.Uploading;

namespace Podcast.Emulators.Tests.YouTube;

public sealed class When_a_video_is_processed : IAsyncLifetime
{
    private RunningYouTube youTube = null!;

    public async Task InitializeAsync() => youTube = await RunningYouTube.Start(options => options.ProcessingTime = TimeSpan.FromMinutes(10));

    public async Task DisposeAsync() => await youTube.DisposeAsync();

    [Fact]
    public async Task progress_follows_the_clock()
    {
        var id = await youTube.Upload();
        youTube.Clock.Advance(TimeSpan.FromMinutes(4));

        var running = await youTube.Video(id);
        youTube.Clock.Advance(TimeSpan.FromMinutes(6));
        var done = await youTube.Video(id);

        Words(running).ShouldBe(("uploaded", "processing"));
        var progress = running["processingDetails"]!["processingProgress"]!;
        ((string?)progress["partsProcessed"], (string?)progress["partsTotal"], (string?)progress["timeLeftMs"])
            .ShouldBe(("40", "100", "360000"));
        Words(done).ShouldBe(("processed", "succeeded"));
    }

    [Fact]
    public async Task processing_may_fail()
    {
        youTube.Emulator.Chaos = new YouTubeDial { ProcessingFailPercent = 100, FailureReason = "conversion" };
        var id = await youTube.Upload();
        Words(await youTube.Video(id)).ShouldBe(("uploaded", "processing"));
        youTube.Clock.Advance(TimeSpan.FromMinutes(10));

        var video = await youTube.Video(id);

        Words(video).ShouldBe(("failed", "failed"));
        ((string?)video["status"]!["failureReason"]).ShouldBe("conversion");
    }

    [Fact]
    public async Task video_may_be_rejected()
    {
        youTube.Emulator.Chaos = new YouTubeDial { RejectPercent = 100, RejectionReason = "copyright" };
        var id = await youTube.Upload();
        youTube.Clock.Advance(TimeSpan.FromMinutes(10));

        var video = await youTube.Video(id);

        Words(video).ShouldBe(("rejected", "succeeded"));
        ((string?)video["status"]!["rejectionReason"]).ShouldBe("copyright");
    }

    [Fact]
    public async Task private_video_is_published_at_its_time()
    {
        var metadata = Metadata();
        metadata["status"]!["publishAt"] = "2026-01-15T15:00:00Z"; // the clock stands at 14:32:10
        var id = await youTube.Upload(metadata);
        Status("privacyStatus", await youTube.Video(id)).ShouldBe("private");
        Status("publishAt", await youTube.Video(id)).ShouldBe("2026-01-15T15:00:00Z");

        youTube.Clock.Advance(TimeSpan.FromMinutes(28));

        Status("privacyStatus", await youTube.Video(id)).ShouldBe("public");
        Status("publishAt", await youTube.Video(id)).ShouldBeNull();
    }

    [Fact]
    public async Task videos_of_a_project_without_audit_stay_private()
    {
        youTube.Emulator.Chaos = new YouTubeDial { LockedToPrivate = true };
        var id = await youTube.Upload(Metadata(privacy: "public"));
        Status("privacyStatus", await youTube.Video(id)).ShouldBe("private");

        var body = new JsonObject { ["id"] = id, ["status"] = new JsonObject { ["privacyStatus"] = "public" } };
        var update = await youTube.Send(HttpMethod.Put, "youtube/v3/videos?part=status", RunningYouTube.Json(body));

        Status("privacyStatus", update.Json).ShouldBe("private");
        Status("privacyStatus", await youTube.Video(id)).ShouldBe("private");
    }

    private static (string?, string?) Words(JsonNode video) =>
        (Status("uploadStatus", video), (string?)video["processingDetails"]!["processingStatus"]);

    private static string? Status(string field, JsonNode video) => (string?)video["status"]![field];
}
