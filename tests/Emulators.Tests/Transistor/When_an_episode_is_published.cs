using System.Net;
using Podcast.Emulators.Tests.Transistor.Support;

namespace Podcast.Emulators.Tests.Transistor;

public sealed class When_an_episode_is_published : IAsyncLifetime
{
    private RunningTransistor transistor = null!;

    public async Task InitializeAsync() => transistor = await RunningTransistor.Start();

    public async Task DisposeAsync() => await transistor.DisposeAsync();

    [Fact]
    public async Task it_is_public_now_and_can_be_taken_back()
    {
        var id = await transistor.Create();

        var published = (await transistor.Publish(id, "published")).Json["data"]!["attributes"]!;
        var draft = (await transistor.Publish(id, "draft")).Json["data"]!;

        ((string?)published["status"], (string?)published["published_at"]).ShouldBe(("published", "2026-01-15 14:32:10 UTC"));
        ((string?)draft["id"], (string?)draft["attributes"]!["status"]).ShouldBe((id, "draft"));
        draft["attributes"]!["published_at"].ShouldBeNull();
        transistor.Report(id).Transitions.Select(transition => (transition.From, transition.To))
            .ShouldBe([("draft", "published"), ("published", "draft")]);
    }

    [Theory]
    [InlineData("1", "2020-07-01 09:00:00", "2020-07-01 09:00:00 UTC")]
    [InlineData("2", "2020-07-01 09:00:00", "2020-07-01 13:00:00 UTC")]
    [InlineData("2", "2020-01-01 09:00", "2020-01-01 14:00:00 UTC")]
    [InlineData("2", "2020-07-01T09:00:00+02:00", "2020-07-01 07:00:00 UTC")]
    [InlineData("2", "2020-07-01 09:00:00 UTC", "2020-07-01 09:00:00 UTC")]
    public async Task dates_are_in_the_shows_time_zone(string show, string at, string publishedAt)
    {
        var id = await transistor.Create(("show_id", show));

        var published = (await transistor.Publish(id, "published", at)).Json["data"]!["attributes"]!;

        ((string?)published["published_at"]).ShouldBe(publishedAt);
    }

    [Fact]
    public async Task scheduled_ones_go_out_at_their_time()
    {
        var id = await transistor.Create(("show_id", RunningTransistor.NewYork));

        await transistor.Publish(id, "scheduled", "2026-01-15 10:00:00"); // 15:00 UTC, in 27:50
        transistor.Clock.Advance(TimeSpan.FromSeconds((27 * 60) + 49));
        var before = transistor.Report(id).Status;
        transistor.Clock.Advance(TimeSpan.FromSeconds(1));

        (before, transistor.Report(id).Status).ShouldBe(("scheduled", "published"));
        ((string?)(await transistor.Attributes(id))["published_at"]).ShouldBe("2026-01-15 15:00:00 UTC");
    }

    [Theory]
    [InlineData("public", null)]
    [InlineData("", null)]
    [InlineData("scheduled", null)]
    [InlineData("scheduled", "2020-01-01 00:00:00")]
    [InlineData("published", "next week")]
    public async Task wrong_states_and_dates_change_nothing(string status, string? at)
    {
        var id = await transistor.Create();

        (await transistor.Publish(id, status, at)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        transistor.Report(id).Status.ShouldBe("draft");
        (await transistor.Publish("999", "published")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
