using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>
/// Checks that no secret, callback token or signed address is in a log, a span, a message, an error or a response.
/// </summary>
internal static class Secrecy
{
    public static IEnumerable<string> Violations(RunEvidence run) => run.Leaks.Select(leak => $"{leak.Key} ({leak.Value} times)");

    public static string Measure(RunEvidence run) => $"{run.Leaks.Count} finds";
}
