using Microsoft.AspNetCore.Mvc;

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

    private static IResult Read(LedgerStore ledger, long after = 0, int limit = 1000) => Results.Json(
        new { Totals = ledger.Totals(), Repeated = ledger.Repeated(), Entries = ledger.Creates(after, Math.Clamp(limit, 0, Most)) }, Json);

    /// <summary><c>times</c> are Unix milliseconds, <c>last</c> is the value of <c>after</c> for the next page.</summary>
    private static IResult ReadTimes(
        LedgerStore ledger, long after = 0, int limit = Most, [FromQuery(Name = "window_ms")] int window = 1000)
    {
        var requests = ledger.Times(after, Math.Clamp(limit, 0, Most));
        var times = requests.ConvertAll(request => request.At);
        var last = requests.Count > 0 ? requests[^1].Seq : after;
        return Results.Json(new { WindowMs = window, Peak = RequestRate.Peak(times, window), Times = times, Last = last }, Json);
    }

    private static IResult ReadWebhooks(
        LedgerStore ledger, [FromQuery(Name = "task_id")] string? taskId = null, long after = 0, int limit = 1000) =>
        Results.Json(ledger.Webhooks(taskId, after, Math.Clamp(limit, 0, Most)), Json);
}

/// <summary>Computes peak rates in sliding windows.</summary>
internal static class RequestRate
{
    /// <summary>The highest number of events in any half-open window of that length.</summary>
    /// <param name="times">The times in ascending order, in the unit of <paramref name="window"/>.</param>
    public static int Peak(IReadOnlyList<long> times, long window)
    {
        var (peak, first) = (0, 0);
        for (var last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] >= window)
                first++;
            peak = Math.Max(peak, last - first + 1);
        }

        return peak;
    }
}
