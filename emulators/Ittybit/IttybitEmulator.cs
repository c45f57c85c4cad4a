using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Emulators.Ittybit.Ledger;
using Podcast.Emulators.Ittybit.MediaWork;

namespace Podcast.Emulators.Ittybit;

/// <summary>The emulator from within its process: the dial and the ledger, for tests and for the host that shows them.</summary>
public sealed class IttybitEmulator
{
    private readonly ChaosControl chaos;
    private readonly LedgerStore ledger;
    private readonly MediaTools tools;

    internal IttybitEmulator(ChaosControl chaos, LedgerStore ledger, MediaTools tools)
    {
        this.chaos = chaos;
        this.ledger = ledger;
        this.tools = tools;
    }

    /// <summary>How badly it behaves. Setting it counts tasks and requests anew.</summary>
    public ChaosDial Chaos
    {
        get => chaos.Dial;
        set => chaos.Set(value);
    }

    /// <summary>Counts over everything.</summary>
    public LedgerTotals Totals => ledger.Totals();

    /// <summary>Refs with more than one task: empty, unless somebody asked twice.</summary>
    public IReadOnlyList<RepeatedRef> Repeated => ledger.Repeated();

    /// <summary>The POSTs, oldest first.</summary>
    public IReadOnlyList<LedgerEntry> Creates(long after = 0, int limit = 100_000) => ledger.Creates(after, limit);

    /// <summary>The most API requests in any window of that length.</summary>
    /// <param name="after">Only requests after this <see cref="LedgerEntry.Seq"/>.</param>
    public int PeakRequests(TimeSpan window, long after = 0) =>
        RequestRate.Peak([.. ledger.Times(after, int.MaxValue).Select(time => time.At)], (long)window.TotalMilliseconds);

    /// <summary>Webhooks, in the order in which they were due to be sent.</summary>
    public IReadOnlyList<SentWebhook> Webhooks(string? taskId = null, long after = 0, int limit = 100_000) => ledger.Webhooks(taskId, after, limit);

    /// <summary>Per task kind, why it is simulated; null where it is really made.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> MediaWork() => (await tools.Parts).ToDictionary(part => part.Kind, part => part.Simulated);
}
