using Podcast.Emulators.Ittybit.Ledger;

namespace Podcast.Emulators.Ittybit;

/// <summary>Gives tests and the host process access to the dial and the ledger.</summary>
public sealed class IttybitEmulator(IServiceProvider services)
{
    private readonly ChaosControl chaos = services.GetRequiredService<ChaosControl>();
    private readonly LedgerStore ledger = services.GetRequiredService<LedgerStore>();
    private readonly TaskKinds kinds = services.GetRequiredService<TaskKinds>();

    /// <summary>The dial. Setting it restarts the numbering of tasks and requests that its percentages use.</summary>
    public ChaosDial Chaos
    {
        get => chaos.Dial;
        set => chaos.Dial = value;
    }

    /// <summary>Counts of all requests, tasks and webhooks.</summary>
    public LedgerTotals Totals => ledger.Totals();

    /// <summary>Refs with more than one task of the same kind: a client asked twice for the same work.</summary>
    public IReadOnlyList<RepeatedRef> Repeated => ledger.Repeated();

    /// <summary>The POST requests, oldest first.</summary>
    public IReadOnlyList<LedgerEntry> Creates(long after = 0, int limit = 100_000) => ledger.Creates(after, limit);

    /// <summary>The highest number of API requests in any window of that length.</summary>
    /// <param name="after">Counts only requests after this <see cref="LedgerEntry.Seq"/>.</param>
    public int PeakRequests(TimeSpan window, long after = 0) =>
        RequestRate.Peak(ledger.Times(after, int.MaxValue).ConvertAll(request => request.At), (long)window.TotalMilliseconds);

    /// <summary>The webhooks, in the order in which they were queued.</summary>
    public IReadOnlyList<SentWebhook> Webhooks(string? taskId = null, long after = 0, int limit = 100_000) =>
        ledger.Webhooks(taskId, after, limit);

    /// <summary>The reason why each task kind is simulated; null if its output is made with the real tools.</summary>
    public Task<IReadOnlyDictionary<string, string?>> MediaWork() => kinds.Obstacles;
}
