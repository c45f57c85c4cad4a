using Microsoft.AspNetCore.Http.HttpResults;

namespace Podcast.Emulators.Ittybit.Ledger;

/// <summary>
/// <c>GET {prefix}/_emulator/ledger</c>: totals, refs with more than one task, and the POST requests, oldest first (<c>after</c>,
/// <c>limit</c>). <c>/ledger/requests</c>: the arrival time of every request, and the peak in any window of <c>window_ms</c>.
/// <c>/webhooks</c>: the webhooks and their outcomes (<c>task_id</c>).
/// </summary>
internal static class LedgerEndpoints
{
    private const int Most = 100_000;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void MapLedger(this IEndpointRouteBuilder app)
    {
        app.MapGet("/ledger", Read);
        app.MapGet("/ledger/requests", ReadTimes);
        app.MapGet("/webhooks", ReadWebhooks);
    }

    private static JsonHttpResult<LedgerPage> Read(LedgerStore ledger, long after = 0, int limit = 1000) => TypedResults.Json(
        new LedgerPage(ledger.Totals(), ledger.Repeated(), ledger.Creates(after, Math.Clamp(limit, 0, Most))), Json);

    private static JsonHttpResult<TimesPage> ReadTimes(
        LedgerStore ledger, long after = 0, int limit = Most, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "window_ms")] int window = 1000)
    {
        var times = ledger.Times(after, Math.Clamp(limit, 0, Most));
        return TypedResults.Json(
            new TimesPage(window, RequestRate.Peak([.. times.Select(time => time.At)], window), [.. times.Select(time => time.At)], times.Count > 0 ? times[^1].Seq : after),
            Json);
    }

    private static JsonHttpResult<IReadOnlyList<SentWebhook>> ReadWebhooks(
        LedgerStore ledger, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "task_id")] string? taskId = null, long after = 0, int limit = 1000) =>
        TypedResults.Json(ledger.Webhooks(taskId, after, Math.Clamp(limit, 0, Most)), Json);

    /// <param name="Repeated">Refs with more than one task of the same kind.</param>
    internal sealed record LedgerPage(LedgerTotals Totals, IReadOnlyList<RepeatedRef> Repeated, IReadOnlyList<LedgerEntry> Entries);

    /// <param name="WindowMs">The length of the sliding window.</param>
    /// <param name="Peak">The highest number of requests in any window among <paramref name="Times"/>.</param>
    /// <param name="Times">Unix milliseconds.</param>
    /// <param name="Last">The value of <c>after</c> for the next page.</param>
    internal sealed record TimesPage(int WindowMs, int Peak, IReadOnlyList<long> Times, long Last);
}
