using System.Net;
using Podcast.Emulators.Tests.Transistor.Support;
using Podcast.Emulators.Transistor;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Transistor;

public sealed class When_webhooks_are_sent : IAsyncLifetime
{
    private RunningTransistor transistor = null!;
    private OutsideServer outside = null!;

    public async Task InitializeAsync() => (transistor, outside) = (await RunningTransistor.Start(), await OutsideServer.Start());

    public async Task DisposeAsync()
    {
        await transistor.DisposeAsync();
        await outside.DisposeAsync();
    }

    [Theory]
    [InlineData("episode_created", "draft")]
    [InlineData("episode_published", "published")]
    public async Task the_episode_is_told_unsigned(string eventName, string status)
    {
        (await Subscribe(eventName)).ShouldBe(HttpStatusCode.Created);
        var id = await transistor.Create(("title", "Roasting"));
        await transistor.Create(("show_id", RunningTransistor.NewYork));
        await transistor.Publish(id, "published");
        await transistor.Publish(id, "published");

        await Eventually.Holds(() => transistor.Emulator.Deliveries.Count > 0, "the webhook was sent");

        var (body, headers) = outside.Hooks.ShouldHaveSingleItem();
        ((string?)body["data"]!["id"], (string?)body["data"]!["type"], (string?)body["data"]!["attributes"]!["status"])
            .ShouldBe((id, "episode", status));
        headers.Keys.ShouldNotContain(header => header.Contains("signature", StringComparison.OrdinalIgnoreCase));
        transistor.Emulator.Deliveries.ShouldHaveSingleItem().ShouldBe(new TransistorDelivery(eventName, id, outside.HookUrl, 200));
    }

    [Fact]
    public async Task scheduled_episodes_are_told_when_nobody_asks()
    {
        await Subscribe("episode_published");
        var id = await transistor.Create();
        await transistor.Publish(id, "scheduled", "2026-01-15 15:00:00");
        await transistor.Clock.HasTimer(TimeSpan.FromSeconds(1));

        outside.Hooks.ShouldBeEmpty();
        var due = new DateTimeOffset(2026, 1, 15, 15, 0, 0, TimeSpan.Zero);
        transistor.Clock.Advance(due - transistor.Clock.GetUtcNow()); // no longer, or the delivery might reach its time limit

        await Eventually.Holds(() => outside.Hooks.Count == 1, "the webhook came");
    }

    [Fact]
    public async Task an_account_has_fifty_of_them()
    {
        for (var number = 0; number < 50; number++)
            (await Subscribe("episode_created")).ShouldBe(HttpStatusCode.Created);

        (await Subscribe("episode_created")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        var list = (await transistor.Get("v1/webhooks?show_id=1")).Json;
        ((int)list["meta"]!["totalCount"]!).ShouldBe(50);
        await transistor.Send(HttpMethod.Delete, $"v1/webhooks/{(string?)list["data"]![0]!["id"]}", null);
        (await Subscribe("episode_created")).ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("episode_deleted")]
    [InlineData("")]
    public async Task unknown_events_are_refused(string eventName) =>
        (await Subscribe(eventName)).ShouldBe(HttpStatusCode.UnprocessableEntity);

    private async Task<HttpStatusCode> Subscribe(string eventName) => (await transistor.Form(
        HttpMethod.Post, "v1/webhooks", ("event_name", eventName), ("show_id", "the-show"), ("url", outside.HookUrl))).Status;
}
