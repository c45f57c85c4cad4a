using System.Net;
using Podcast.Emulators.Tests.Transistor.Support;
using Podcast.Emulators.Transistor;

namespace Podcast.Emulators.Tests.Transistor;

public sealed class When_requests_are_limited : IAsyncLifetime
{
    private RunningTransistor transistor = null!;

    public async Task InitializeAsync() => transistor = await RunningTransistor.Start(options => options.RequestsPerWindow = 10);

    public async Task DisposeAsync() => await transistor.DisposeAsync();

    [Fact]
    public async Task the_eleventh_blocks_the_key_for_ten_seconds()
    {
        for (var number = 1; number <= 10; number++)
            (await transistor.Get("v1")).Status.ShouldBe(HttpStatusCode.OK, $"{number}");

        var refused = await transistor.Get("v1");
        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        ((string?)refused.Json["message"]).ShouldBe("Too many requests");
        refused.Headers.Contains("Retry-After").ShouldBeFalse();

        transistor.Clock.Advance(TimeSpan.FromSeconds(9.9));
        (await transistor.Get("v1")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        transistor.Clock.Advance(TimeSpan.FromSeconds(0.1));
        (await transistor.Get("v1")).Status.ShouldBe(HttpStatusCode.OK);

        transistor.Emulator.Keys.ShouldHaveSingleItem().ShouldBe(new TransistorKeyUse(RunningTransistor.Key, 13, 2));
    }

    [Fact]
    public async Task the_window_slides()
    {
        for (var number = 0; number < 30; number++)
        {
            (await transistor.Get("v1")).Status.ShouldBe(HttpStatusCode.OK, $"{number}");
            transistor.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task each_key_has_a_limit_of_its_own()
    {
        for (var number = 0; number < 11; number++)
            await transistor.Get("v1");

        (await transistor.Get("v1", "another key")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
