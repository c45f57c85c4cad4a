using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Podcast.Contracts;

namespace Podcast.Throttling.Tests;

public sealed class When_one_process_calls_two_providers : IAsyncLifetime
{
    private Fleet fleet = null!;
    private Provider acme = null!;
    private ServiceProvider process = null!;

    public async Task InitializeAsync()
    {
        fleet = await Fleet.Start(settings: ("Lanes:Ittybit:Rate", "1"));
        acme = new Provider(fleet.Clock);
        process = fleet.Add(
            services => services.AddProviderThrottle("transistor/acme", "acme")
                .AddHttpClient("acme", client => client.BaseAddress = new Uri("https://transistor.example/v1/"))
                .ConfigurePrimaryHttpMessageHandler(acme.Handler),
            ("Lanes:Ittybit:Rate", "1"), ("Lanes:Transistor:Rate", "0"));
    }

    public async Task DisposeAsync() => await fleet.DisposeAsync();

    [Fact]
    public async Task each_has_its_own_rate()
    {
        await fleet.Call(process: 1);
        var second = fleet.Call(process: 1);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CallAcme()));

        acme.Requests.Count.ShouldBe(20); // the clock stood still
        second.IsCompleted.ShouldBeFalse();
        await fleet.Through(second);
        fleet.Provider.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task pause_of_one_leaves_the_other_open()
    {
        acme.Answers(401);
        (await CallAcme()).ShouldBe(HttpStatusCode.Unauthorized);

        await fleet.Call(process: 1);

        var held = await Should.ThrowAsync<HeldBackException>(CallAcme);
        held.Message.ShouldBe("Transistor/acme does not accept our key (401).");
        acme.Requests.Count.ShouldBe(1);
        (await fleet.Lane(1).Read(default)).State.ShouldBe(LaneState.Open);
        (await fleet.Lane(1).Events(10, default)).ShouldBeEmpty();
        var health = await process.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Name.StartsWith("lane ", StringComparison.Ordinal));
        health.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status).ShouldBe(
            new Dictionary<string, HealthStatus>
            {
                ["lane ittybit"] = HealthStatus.Healthy,
                ["lane transistor/acme"] = HealthStatus.Degraded,
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task kinds_of_call_are_distinguished_below_the_base_address()
    {
        acme.Answers(402);
        await CallAcme();
        acme.Answers(200);
        fleet.Clock.Advance(TimeSpan.FromSeconds(31));

        await CallAcme("shows");
        (await Acme.Read(default)).State.ShouldBe(LaneState.Paused);

        await CallAcme("episodes/2");
        (await Acme.Read(default)).State.ShouldBe(LaneState.Open);
    }

    [Fact]
    public void all_are_listed_in_their_order() =>
        process.GetRequiredService<IReadOnlyList<ProviderThrottle>>().Select(lane => lane.Name).ShouldBe(["ittybit", "transistor/acme"]);

    private ProviderThrottle Acme => process.GetRequiredKeyedService<ProviderThrottle>("transistor/acme");

    private Task<HttpStatusCode> CallAcme() => CallAcme("episodes/1");

    private async Task<HttpStatusCode> CallAcme(string path)
    {
        using var client = process.GetRequiredService<IHttpClientFactory>().CreateClient("acme");
        using var response = await client.GetAsync(path).WaitAsync(TimeSpan.FromSeconds(20));
        return response.StatusCode;
    }
}
