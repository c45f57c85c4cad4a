using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Podcast.OperatorsConsole.Tests.Fixtures;

/// <summary>What a run of the backlog command tells of itself.</summary>
internal sealed record Report
{
    private static readonly JsonSerializerOptions json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public int Number { get; init; } = 1;
    public string Table { get; init; } = "media";
    public string Via { get; init; } = "task";
    public string Host { get; init; } = "batch-1";
    public int Pid { get; init; } = 4711;
    public DateTimeOffset StartedAt { get; init; } = TimeProvider.System.GetUtcNow().AddMinutes(-8);
    public string Phase { get; init; } = "dispatching";
    public long Total { get; init; } = 4000;
    public long Done { get; init; } = 1200;
    public long Failed { get; init; } = 7;
    public double SecondsLeft { get; init; } = 1120;
    public string? Note { get; init; }
    public object Rows { get; init; } = new { pending = 2800, dispatched = 1043, completed = 150, failed = 7 };
    public object Causes { get; init; } = new[]
    {
        new { cause = "bad_url", count = 5, example = "An address must begin with http:// or https://." },
        new { cause = "no_answer", count = 2, example = "Given up after 3 tries. Ittybit does not answer." },
    };

    public object? End { get; init; }

    public async Task Send(Uri api, Guid id)
    {
        using var client = new HttpClient { BaseAddress = api };
        using var answer = await client.PutAsJsonAsync($"backlog-runs/{id}", this, json);
        answer.EnsureSuccessStatusCode();
    }
}
