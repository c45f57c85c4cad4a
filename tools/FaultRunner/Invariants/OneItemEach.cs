using Podcast.Contracts;
using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>
/// Checks by the channels' own ledgers that each processed episode of the show with channels is there once on each channel with the
/// bytes of its output, or that its publication says why it is not; and that nothing else is there.
/// </summary>
internal static class OneItemEach
{
    private const double LeastPublished = 75;

    public static IEnumerable<string> Violations(RunEvidence run)
    {
        var wanted = Wanted(run).ToHashSet();
        var items = run.ChannelItems.ToLookup(item => (item.Channel, item.Title));
        var publications = run.Publications.ToLookup(one => (one.EpisodeId, one.Channel));
        foreach (var saga in run.Sagas)
        {
            foreach (var channel in Enum.GetValues<PublishingChannel>())
            {
                List<ChannelItem> found = [.. items[(channel, saga.Title)]];
                var publication = publications[(saga.Id, channel)].FirstOrDefault();
                if (found.Count > 1)
                    yield return $"doubled: {saga.Title} is {found.Count} times at {channel}: {string.Join(", ", found.Select(item => item.Id))}";
                else if (Objection(saga, wanted.Contains(saga), publication, found.SingleOrDefault(), run.ProviderOutputs) is { } objection)
                    yield return $"{objection}: {saga.Title} ({saga.Id}) at {channel}";
            }
        }

        var titles = run.Sagas.Select(saga => saga.Title).ToHashSet();
        foreach (var stranger in run.ChannelItems.Where(item => !titles.Contains(item.Title)))
            yield return $"unexpected: {stranger.Title} ({stranger.Id}) at {stranger.Channel} is no episode of this run";

        var (published, all) = Count(run);
        if (all > 0 && 100.0 * published / all < Math.Min(LeastPublished, run.Floor))
            yield return $"only {published} of {all} publications were published";
    }

    public static string Measure(RunEvidence run) => Count(run) is var (published, all)
        ? $"{published} of {all} published, {run.ChannelItems.Count} items on the channels"
        : "";

    private static string? Objection(
        SagaFact saga, bool isWanted, PublicationFact? publication, ChannelItem? item, IReadOnlyList<ProviderOutput> outputs) =>
        (isWanted, publication?.State) switch
        {
            (false, null) when item is null => null,
            (false, _) => $"unexpected: it was not to be published, and is {publication?.State ?? "there"}",
            (true, null) => "forgotten: nobody plans to publish it",
            (true, "Failed") => string.IsNullOrWhiteSpace(publication!.Reason) ? "failed without a reason" : null,
            (true, "Published") => item switch
            {
                null => "lost: published, and not there",
                { IsPublic: false } => $"hidden: published, and {item.Id} is not public",
                _ when item.Sha256 is null || item.Sha256 != Expected(saga, item.Channel, outputs) => $"wrong bytes: {item.Id}",
                _ => null,
            },
            (true, var state) => $"stuck: {state} in {publication!.Step} ({publication.Reason})",
        };

    private static string? Expected(SagaFact saga, PublishingChannel channel, IReadOnlyList<ProviderOutput> outputs)
    {
        var kind = channel == PublishingChannel.Youtube ? TaskKind.VideoTranscode : TaskKind.AudioExtraction;
        return saga.Tasks.Entries.Find(entry => entry.Kind == kind)?.Output is { } output
            ? outputs.FirstOrDefault(one => one.Is(output))?.Sha256
            : null;
    }

    private static IEnumerable<SagaFact> Wanted(RunEvidence run)
    {
        var titles = run.Orders.Where(order => order.IsToBePublished).Select(order => order.Title).ToHashSet();
        return run.Sagas.Where(saga => saga.State == "Processed" && titles.Contains(saga.Title));
    }

    private static (int Published, int All) Count(RunEvidence run) =>
        (run.Publications.Count(one => one.State == "Published"), Wanted(run).Count() * Enum.GetValues<PublishingChannel>().Length);
}
