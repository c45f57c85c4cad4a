using Podcast.FaultRunner.Clients;
using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>A run in which everything failed keeps every other promise: so much must have been accepted, and so much processed.</summary>
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

    /// <summary>Of the accepted ones without those that can only fail or that were called off.</summary>
    private static (int Processed, int Promising) Count(RunEvidence run)
    {
        var states = run.Sagas.ToLookup(saga => saga.Title, saga => saga.State);
        var promising = run.Orders.Where(order => order is { IsAcknowledged: true, CancelAsked: false, Door: not Door.Hopeless }).ToList();
        return (promising.Count(order => states[order.Title].Contains("Processed")), promising.Count);
    }

    private static double Percent(int part, int whole) => whole == 0 ? 100 : 100.0 * part / whole;
}
