using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>No secret, callback token or signed address in a log, a span, a message, an error or an answer.</summary>
internal static class Secrecy
{
    public static IEnumerable<string> Violations(RunEvidence run) => run.Leaks.Select(leak => $"{leak.Key} ({leak.Value} times)");

    public static string Measure(RunEvidence run) => $"{run.Leaks.Count} finds";
}
