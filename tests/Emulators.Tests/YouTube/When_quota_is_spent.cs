using System.Net;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.YouTube.Support;
using Podcast.Testing;
using static Podcast.Emulators.Tests.YouTube.Support.Uploading;

namespace Podcast.Emulators.Tests.YouTube;

public sealed class When_quota_is_spent
{
    [Fact]
    public async Task insert_101_waits_for_midnight_pacific()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 7, 1, 6, 59, 0, TimeSpan.Zero)); // 23:59 in Los Angeles, in summer
        await using var youTube = await RunningYouTube.Start(options => options.ChannelUploadsPerDay = 1000, clock: clock);
        for (var number = 1; number <= 100; number++)
            (await youTube.StartSession(Metadata())).Status.ShouldBe(HttpStatusCode.OK, $"insert {number}");

        var refused = await youTube.StartSession(Metadata());
        clock.Advance(TimeSpan.FromMinutes(1));
        var accepted = await youTube.StartSession(Metadata());

        (refused.Status, refused.Reason(), (string?)refused.Json["error"]!["errors"]![0]!["domain"])
            .ShouldBe((HttpStatusCode.Forbidden, "quotaExceeded", "youtube.quota"));
        accepted.Status.ShouldBe(HttpStatusCode.OK);
        youTube.Emulator.Quota.Select(day => (day.Day, day.Inserts, day.Refused))
            .ShouldBe([(new DateOnly(2026, 6, 30), 100, 1), (new DateOnly(2026, 7, 1), 1, 0)]);
    }

    [Fact]
    public async Task each_method_has_its_cost()
    {
        await using var youTube = await RunningYouTube.Start();
        var id = await youTube.Upload();
        await youTube.Get("youtube/v3/channels?part=id&mine=true");
        var track = "";

        await Costs(400, async () => track = await youTube.AddCaptions(id));
        await Costs(50, () => youTube.Get($"youtube/v3/captions?part=snippet&videoId={id}"));
        await Costs(200, () => youTube.Get($"youtube/v3/captions/{track}"));
        await Costs(450, () => youTube.Send(HttpMethod.Put, "youtube/v3/captions?part=snippet", Json("id", track)));
        await Costs(50, () => youTube.Send(HttpMethod.Delete, $"youtube/v3/captions?id={track}"));
        await Costs(1, () => youTube.Get($"youtube/v3/videos?part=status&id={id}"));
        await Costs(1, () => youTube.Get("youtube/v3/channels?part=id&mine=true"));
        await Costs(1, () => youTube.Get("youtube/v3/playlistItems?part=id&playlistId=PL1"));
        await Costs(50, () => youTube.Send(HttpMethod.Put, "youtube/v3/videos?part=status", Json("id", id)));
        await Costs(50, () => youTube.Send(HttpMethod.Post, $"upload/youtube/v3/thumbnails/set?videoId={id}&uploadType=media"));
        await Costs(50, () => youTube.Send(HttpMethod.Delete, $"youtube/v3/videos?id={id}"));

        static StringContent Json(string name, string value) => RunningYouTube.Json(new JsonObject { [name] = value });

        async Task Costs(int units, Func<Task> call)
        {
            var before = youTube.Emulator.Quota.Single().Units;
            await call();
            (youTube.Emulator.Quota.Single().Units - before).ShouldBe(units);
        }
    }

    [Fact]
    public async Task projects_have_quotas_of_their_own()
    {
        await using var youTube = await RunningYouTube.Start(options => options.InsertsPerDay = 1);
        await youTube.Upload();
        (await youTube.StartSession(Metadata())).Reason().ShouldBe("quotaExceeded");

        youTube.Use((string)(await youTube.Connect(client: "another"))["access_token"]!);

        (await youTube.StartSession(Metadata())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task units_have_a_bucket_of_their_own()
    {
        await using var youTube = await RunningYouTube.Start(options => options.UnitsPerDay = 1);
        await youTube.Get("youtube/v3/channels?part=id&mine=true");

        (await youTube.Get("youtube/v3/channels?part=id&mine=true")).Reason().ShouldBe("quotaExceeded");
        (await youTube.StartSession(Metadata())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task channel_has_a_limit_of_uploads_in_24_hours()
    {
        await using var youTube = await RunningYouTube.Start(
            options => (options.ChannelUploadsPerDay, options.AccessTokenLifetime) = (1, TimeSpan.FromHours(24)));
        await youTube.Upload();
        youTube.Clock.Advance(TimeSpan.FromHours(23));

        var refused = await youTube.StartSession(Metadata());
        youTube.Clock.Advance(TimeSpan.FromHours(1));
        youTube.Use((string)(await youTube.Connect())["access_token"]!);

        (refused.Status, refused.Reason()).ShouldBe((HttpStatusCode.BadRequest, "uploadLimitExceeded"));
        (await youTube.StartSession(Metadata())).Status.ShouldBe(HttpStatusCode.OK);
    }
}
