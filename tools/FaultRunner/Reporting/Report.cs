using System.Globalization;
using System.Text;
using Podcast.FaultRunner.Cli;
using Podcast.FaultRunner.Clients;
using Podcast.FaultRunner.Evidence;
using Podcast.FaultRunner.Invariants;
using Podcast.FaultRunner.Planning;
using Podcast.FaultRunner.Runs;
using Podcast.FaultRunner.Secrets;
using Podcast.FaultRunner.Staging;

namespace Podcast.FaultRunner.Reporting;

/// <summary>The report of a run.</summary>
internal sealed class Report(
    RunSettings settings, RunEvidence evidence, IReadOnlyList<InvariantResult> verdicts, FaultInjector faultInjector, Fleet fleet, FaultRunFixture clients,
    IReadOnlyDictionary<string, long> providerFaults, Scanner scanner, TimeSpan duration, string? kept)
{
    /// <summary>The most violations shown per invariant; the rest are only counted.</summary>
    private const int MostViolations = 10;

    public IReadOnlyList<InvariantResult> Verdicts => verdicts;

    public bool Holds => verdicts.All(verdict => verdict.Holds);

    public override string ToString()
    {
        var text = new StringBuilder();
        Line(text, "run", string.Create(CultureInfo.InvariantCulture, $"seed {settings.Seed}, {settings.Episodes} episodes, {settings.Trouble.TotalMinutes:0.##} minutes of trouble, {duration:h\\:mm\\:ss} in all"));
        Line(text, "processes", $"{settings.Ingests} ingest, {settings.Orchestrators} orchestrator, {settings.Processors} processing, {settings.Gateways} gateway, {(settings.IsPublishing ? settings.Publishers : 0)} publisher, clocks ±{settings.ClockSkew.TotalSeconds} s{(settings.BuiltIn is { } broken ? $"; built in: no {broken.ToString().ToLowerInvariant()}" : "")}");
        Line(text, "trouble", string.Join(", ", Enum.GetValues<Trouble>().Where(faultInjector.Done.ContainsKey).Select(what => $"{what} {faultInjector.Done[what]}")));
        Line(text, "", $"{fleet.Services.Sum(member => member.PointsReached)} processes killed themselves at a named point; {clients.Echo.Count} messages came again");
        Line(text, "provider", ProviderWords());
        Line(text, "", string.Join(", ", providerFaults.OrderBy(fault => fault.Key, StringComparer.Ordinal).Select(fault => $"{fault.Key} {fault.Value}")));
        Line(text, "channels", ChannelWords());
        Line(text, "requests", RequestWords());
        Line(text, "episodes", string.Join(", ", evidence.Sagas.GroupBy(saga => saga.State).OrderBy(state => state.Key, StringComparer.Ordinal).Select(state => $"{state.Count()} {state.Key}")));
        Line(text, "published", string.Join(", ", evidence.Publications.CountBy(one => $"{one.State} at {one.Channel}").OrderBy(state => state.Key, StringComparer.Ordinal).Select(state => $"{state.Value} {state.Key}")));
        foreach (var (reason, count) in evidence.Publications.Where(one => one.State == "Failed").CountBy(one => one.Reason ?? "").OrderByDescending(one => one.Value))
            Line(text, "", $"{count} failed: {reason}");
        Line(text, "scanned", string.Create(CultureInfo.InvariantCulture, $"{scanner.Characters / 1e6:0} million characters of logs, telemetry, messages and answers"));
        text.AppendLine();
        foreach (var verdict in verdicts)
            Write(text, verdict);
        text.AppendLine();
        text.AppendLine(Holds ? "ALL HOLD" : $"FAILED: {string.Join(", ", verdicts.Where(verdict => !verdict.Holds).Select(verdict => verdict.Name))}");
        if (kept is not null)
            text.AppendLine(CultureInfo.InvariantCulture, $"logs: {kept}");
        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, string words) => text.AppendLine($"{name,-10} {words}".TrimEnd());

    private static void Write(StringBuilder text, InvariantResult verdict)
    {
        text.AppendLine($"{(verdict.Holds ? "holds" : "FAILS"),-6}{verdict.Name,-7}{verdict.Claim} ({verdict.Measure})");
        foreach (var violation in verdict.Violations.Take(MostViolations))
            text.AppendLine($"             {violation}");
        if (verdict.Violations.Count > MostViolations)
            text.AppendLine(CultureInfo.InvariantCulture, $"             … and {verdict.Violations.Count - MostViolations} more");
    }

    private string ProviderWords() => string.Create(
        CultureInfo.InvariantCulture,
        $"{settings.Chaos.Duplicates} % duplicates, {settings.Chaos.Drops} % dropped, {settings.Chaos.Early} % early, {settings.Chaos.Reordered} % reordered, {settings.Chaos.Contradicted} % contradicted, {settings.Chaos.Bare} % without output, {settings.Chaos.Forged} % forged, {settings.Chaos.Refused} % of 429/500, {settings.Chaos.Garbled} % answers lost, {settings.Chaos.ForeignElements} % of lists with foreign elements, {settings.Chaos.Unpaid.TotalSeconds} s of 402 a minute, {settings.Chaos.Failed} % failed, {settings.Chaos.Vanished} % vanished");

    private string ChannelWords() => settings.IsPublishing
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{settings.Published} % of the episodes; {settings.Channels.Refused} % of 429/5xx, {settings.Channels.Lost} % answers lost, {settings.Channels.Halved} % halved chunks, {settings.Channels.Expired} % expired and {settings.Channels.Forgotten} % forgotten sessions, {settings.Channels.Swallowed} % captions swallowed, {settings.Channels.Unusable} % unusable items")
        : "none";

    /// <summary>
    /// Uses Jepsen's terms. "Lost" and "doubled" must be 0; "recovered" counts episodes that exist although their client got no
    /// acknowledgement.
    /// </summary>
    private string RequestWords()
    {
        var sagas = evidence.Sagas.ToLookup(saga => saga.Title);
        var titles = evidence.Orders.Select(order => order.Title).ToHashSet();
        int Count(Func<Order, bool> that) => evidence.Orders.Count(that);
        return $"{Count(order => order.Tries > 0)} attempted, {Count(order => order.IsAcknowledged)} acknowledged, "
            + $"{Count(order => order.IsAcknowledged && !sagas[order.Title].Any())} lost, "
            + $"{Count(order => sagas[order.Title].Count() > 1)} doubled, "
            + $"{evidence.Sagas.Count(saga => !titles.Contains(saga.Title))} unexpected, "
            + $"{Count(order => !order.IsAcknowledged && sagas[order.Title].Any())} recovered, "
            + $"{Count(order => order.Refusal is not null)} refused, {Count(order => order.Tries > 2)} tried again";
    }
}
