using System.Net;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Throttling;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_ittybit_is_paused : IAsyncLifetime
{
    private const string Upload = """{ "filename": "a.mp4", "title": "T", "filesize": 1000 }""";

    private readonly IngestHost host = new();
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        await host.InitializeAsync();
        client = host.ClientOf("ann");
        host.Ittybit.Refuses = 402;
        await (await client.Post("/episodes/prepare-upload", Upload)).Problem(HttpStatusCode.ServiceUnavailable);
        host.Ittybit.Refuses = null;
    }

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task paused_ittybit_is_not_called_and_retry_after_is_given()
    {
        var response = await client.Post("/episodes/prepare-upload", Upload);

        await response.Problem(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(30, 33);
        host.Ittybit.Signatures.ShouldBeEmpty();
    }

    [Fact]
    public async Task everybody_sees_that_it_is_and_why()
    {
        var all = await (await client.GetAsync(new Uri("/lanes", UriKind.Relative))).Answer(HttpStatusCode.OK);
        var one = await (await client.GetAsync(new Uri("/lanes/ittybit", UriKind.Relative))).Answer(HttpStatusCode.OK);

        var lane = all["lanes"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)lane["state"]!, (string)lane["reason"]!, (string)lane["by"]!).ShouldBe(("paused", "Ittybit asks for payment (402).", "ittybit"));
        lane["since"]!.GetValue<DateTime>().ShouldBe(host.Clock.GetUtcNow().UtcDateTime);
        lane["until"]!.GetValue<DateTime>().ShouldBe(host.Clock.GetUtcNow().UtcDateTime.AddSeconds(30));
        ((string)one["events"]![0]!["what"]!).ShouldBe("paused");
        (await client.GetAsync(new Uri("/lanes/nothing", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task the_health_says_so_and_the_service_stays_in_service()
    {
        var health = await (await host.Anonymous().GetAsync(new Uri("/health", UriKind.Relative))).Answer(HttpStatusCode.OK);

        ((string)health["status"]!).ShouldBe("degraded");
        var check = health["checks"]!["lane ittybit"]!;
        ((string)check["status"]!).ShouldBe("degraded");
        ((string)check["reason"]!).ShouldContain("Ittybit asks for payment (402).");
    }

    [Fact]
    public async Task only_an_operator_resumes_it_and_it_is_known_who_and_why()
    {
        var refused = await (await client.Post("/lanes/ittybit/resume")).Problem(HttpStatusCode.Forbidden);
        var resumed = await (await host.ClientOf("olga", "operator").Post("/lanes/ittybit/resume", """{ "why": "the invoice is paid" }"""))
            .Answer(HttpStatusCode.OK);

        ((string)refused["detail"]!).ShouldBe("This needs a token with the role operator.");
        ((string)resumed["state"]!).ShouldBe("open");
        await (await client.Post("/episodes/prepare-upload", Upload)).Answer(HttpStatusCode.Created);
        var lane = await (await client.GetAsync(new Uri("/lanes/ittybit", UriKind.Relative))).Answer(HttpStatusCode.OK);
        var first = lane["events"]![0]!;
        ((string)first["what"]!, (string)first["by"]!, (string)first["why"]!).ShouldBe(("resumed", "olga", "the invoice is paid"));
    }

    [Fact]
    public async Task a_resumption_that_is_sent_again_happens_once()
    {
        var olga = host.ClientOf("olga", "operator");
        olga.DefaultRequestHeaders.Add("Idempotency-Key", "one");
        await (await olga.Post("/lanes/ittybit/resume")).Answer(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        host.Ittybit.Refuses = 402;
        await (await client.Post("/episodes/prepare-upload", Upload)).Problem(HttpStatusCode.ServiceUnavailable);

        await (await olga.Post("/lanes/ittybit/resume")).Answer(HttpStatusCode.OK);

        var lane = await (await client.GetAsync(new Uri("/lanes/ittybit", UriKind.Relative))).Answer(HttpStatusCode.OK);
        ((string)lane["state"]!).ShouldBe("paused");
        lane["events"]!.AsArray().Select(e => (string)e!["what"]!).ShouldBe(["paused", "resumed", "paused"]);
    }
}

public sealed class When_each_account_has_a_lane : IAsyncLifetime
{
    private const string Name = "transistor/acme";

    private readonly IngestHost host = new() { Also = services => services.AddProviderThrottle(Name) };

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task its_name_with_a_slash_leads_to_it()
    {
        var olga = host.ClientOf("olga", "operator");

        ((string)(await olga.Get($"/lanes/{Name}"))["name"]!).ShouldBe(Name);
        ((string)(await (await olga.Post($"/lanes/{Name}/resume")).Answer(HttpStatusCode.OK))["name"]!).ShouldBe(Name);
        await (await host.ClientOf("ann").Post($"/lanes/{Name}/resume")).Problem(HttpStatusCode.Forbidden);
        await (await olga.Post("/lanes/transistor/other/resume")).Problem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task a_name_too_long_for_a_lane_is_a_404()
    {
        using var response = await host.ClientOf("ann").GetAsync(new Uri($"/lanes/transistor/{new string('a', 50)}", UriKind.Relative));

        await response.Problem(HttpStatusCode.NotFound);
    }
}
