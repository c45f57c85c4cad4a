using Podcast.FaultRunner.Clients;
using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>
/// Checks that enough episodes were accepted and processed, because a run in which all fail satisfies the other invariants.
/// </summary>
internal static class FinishedWork
{
    public static IEnumerable<string> Violations(RunEvidence run)
    {
        var patient = run.Orders.Where(order => order.IsPatient).ToList();
        var accepted = Percent(patient.Count(order => order.IsAcknowledged), patient.Count);
        if (accepted < run.Floor)
            yield return $"{accepted:0.0} % of the patient clients' episodes were accepted, {run.Floor:0} % must be";

        var (processed, promising) = Count(run);
        if (promising == 0 || Percent(processed, promising) < run.Floor)
            yield return $"{processed} of {promising} episodes were processed, {run.Floor:0} % must be";
    }

    public static string Measure(RunEvidence run) => Count(run) is var (processed, promising) ? $"{processed} of {promising} that nothing stands against" : "";

    /// <summary>Counts the accepted episodes, without those that must fail or were cancelled.</summary>
    private static (int Processed, int Promising) Count(RunEvidence run)
    {
        var states = run.Sagas.ToLookup(saga => saga.Title, saga => saga.State);
        var promising = run.Orders.Where(order => order is { IsAcknowledged: true, CancelAsked: false, Door: not OrderChannel.Hopeless }).ToList();
        return (promising.Count(order => states[order.Title].Contains("Processed")), promising.Count);
    }

    private static double Percent(int part, int whole) => whole == 0 ? 100 : 100.0 * part / whole;
}
