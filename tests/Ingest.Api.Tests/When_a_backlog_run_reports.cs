using System.Net;
using System.Text.Json.Nodes;
using Podcast.Ingest.Api.Tests.Fixtures;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_a_backlog_run_reports(IngestHost host) : IClassFixture<IngestHost>
{
    private const string Begun = """
        {
          "number": 1, "table": "media", "via": "task", "host": "batch-1", "pid": 42, "started_at": "2026-01-15T14:30:00+02:00",
          "phase": "dispatching", "total": 10, "done": 4, "failed": 1, "rate": 1.5, "seconds_left": 4, "note": "slowed to 1.5 requests/s",
          "rows": { "pending": 6, "dispatched": 3, "completed": 0, "failed": 1 },
          "causes": [{ "cause": "bad_url", "count": 1, "example": "media #3 has no address" }]
        }
        """;

    [Fact]
    public async Task it_is_shown_as_it_stands_to_its_owner()
    {
        var (ann, id) = (host.ClientOf("ann"), Guid.NewGuid());

        var told = await (await ann.Put($"/backlog-runs/{id}", Begun)).Answer(HttpStatusCode.OK);

        ((string?)told["status"], (string?)told["started_at"], (long?)told["done"]).ShouldBe(("running", "2026-01-15T12:30:00Z", 4L));
        ((string?)told["causes"]![0]!["cause"], (long?)told["rows"]!["pending"]).ShouldBe(("bad_url", 6L));
        JsonNode.DeepEquals(told, await ann.Get($"/backlog-runs/{id}")).ShouldBeTrue(told.ToJsonString());
        (await ann.Get("/backlog-runs"))["runs"]!.AsArray().Select(run => (Guid)run!["id"]!).ShouldContain(id);
        await (await host.ClientOf("bea").GetAsync(new Uri($"/backlog-runs/{id}", UriKind.Relative))).Answer(HttpStatusCode.NotFound);
        (await host.ClientOf("bea").Get("/backlog-runs"))["runs"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task a_late_report_changes_nothing()
    {
        var (ann, id) = (host.ClientOf("ann"), Guid.NewGuid());
        var end = """{ "at": "2026-01-15T12:35:00Z", "exit_code": 130, "text": "Stopped." }""";
        await ann.Put($"/backlog-runs/{id}", Begun.Replace("\"number\": 1,", $"\"number\": 7, \"end\": {end},", StringComparison.Ordinal));

        var told = await (await ann.Put($"/backlog-runs/{id}", Begun)).Answer(HttpStatusCode.OK);

        ((string?)told["status"], (string?)told["end"]!["text"]).ShouldBe(("stopped", "Stopped."));
    }

    [Fact]
    public async Task a_run_that_says_nothing_for_a_minute_is_silent()
    {
        var (cem, id) = (host.ClientOf("cem"), Guid.NewGuid());
        await cem.Put($"/backlog-runs/{id}", Begun);

        host.Clock.Advance(TimeSpan.FromSeconds(61));

        ((string?)(await cem.Get($"/backlog-runs/{id}"))["status"]).ShouldBe("silent");
    }

    [Fact]
    public async Task runs_of_three_months_ago_go()
    {
        var (dan, old) = (host.ClientOf("dan"), Guid.NewGuid());
        await dan.Put($"/backlog-runs/{old}", Begun.Replace("2026-01-15", "2025-10-01", StringComparison.Ordinal));
        await dan.Put($"/backlog-runs/{Guid.NewGuid()}", Begun);

        await (await dan.GetAsync(new Uri($"/backlog-runs/{old}", UriKind.Relative))).Answer(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("\"number\": 1", "\"number\": 0", "number")]
    [InlineData("\"via\": \"task\"", "\"via\": \"mail\"", "via")]
    [InlineData("\"pending\": 6", "\"pending\": -6", "rows.pending")]
    [InlineData("\"cause\": \"bad_url\"", "\"cause\": null", "causes[0].cause")]
    [InlineData("\"host\"", "\"hots\"", "hots")]
    public async Task a_wrong_report_is_refused_by_field(string right, string wrong, string field)
    {
        var answer = await host.ClientOf("ann").Put($"/backlog-runs/{Guid.NewGuid()}", Begun.Replace(right, wrong, StringComparison.Ordinal));

        (await answer.Answer(HttpStatusCode.BadRequest))["errors"]![field].ShouldNotBeNull();
    }
}
