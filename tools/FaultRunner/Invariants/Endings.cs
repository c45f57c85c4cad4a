using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>
/// Checks that no accepted episode is lost, duplicated or stuck, and that orchestrator, read model and API agree on its final
/// state.
/// </summary>
internal static class Endings
{
    public static IEnumerable<string> Violations(RunEvidence run)
    {
        var byTitle = run.Sagas.ToLookup(saga => saga.Title);
        var views = run.ReadModel.ToDictionary(view => view.Id);
        foreach (var order in run.Orders.Where(order => order.IsAcknowledged))
        {
            if (!byTitle[order.Title].Any())
                yield return $"lost: {order.Title} was accepted by {order.Door} and the orchestrator never heard of it";
        }

        foreach (var twins in byTitle.Where(twins => twins.Count() > 1))
            yield return $"doubled: {twins.Key} was asked for once and is there {twins.Count()} times";
        var titles = run.Orders.Select(order => order.Title).ToHashSet();
        foreach (var stranger in run.Sagas.Where(saga => !titles.Contains(saga.Title)))
            yield return $"unexpected: {stranger.Title} ({stranger.Id}) was never asked for";

        foreach (var saga in run.Sagas)
        {
            if (!saga.HasEnded)
                yield return $"stuck: {saga.Title} ({saga.Id}) is {saga.State}";
            if (!views.TryGetValue(saga.Id, out var view))
                yield return $"unseen: {saga.Title} ({saga.Id}) is not in the read model";
            else if (!view.Status.Equals(saga.State, StringComparison.OrdinalIgnoreCase) || view.Version != saga.Version)
                yield return $"stale: {saga.Title} ({saga.Id}) is {saga.State} in version {saga.Version}, and its owner sees {view.Status} in version {view.Version}";
        }

        foreach (var order in run.Orders.Where(order => order is { IsAcknowledged: true, Status: not null }))
        {
            if (byTitle[order.Title].FirstOrDefault() is { } saga && !saga.State.Equals(order.Status, StringComparison.OrdinalIgnoreCase))
                yield return $"stale: {order.Title} ({saga.Id}) is {saga.State}, and the API answers {order.Status}";
        }
    }

    public static string Measure(RunEvidence run) => $"{run.Orders.Count(order => order.IsAcknowledged)} accepted";
}
