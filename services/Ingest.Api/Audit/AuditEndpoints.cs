namespace Podcast.Ingest.Api.Audit;

/// <summary>Shows what operators did.</summary>
internal static class AuditEndpoints
{
    private const int Newest = 50;

    public static void MapAudit(this RouteGroupBuilder audit) =>
        audit.MapGet("/", List).WithSummary($"The newest {Newest} actions on queues and outboxes: what, by whom, when, why; for operators")
            .RequireOperator();

    private static async Task<Ok<AuditView>> List(AuditTrail audit, CancellationToken cancellationToken) =>
        TypedResults.Ok(new AuditView([.. (await audit.Newest(Newest, cancellationToken)).Select(entry =>
            new AuditLine(entry.At.UtcDateTime, entry.By, entry.Action, entry.Target, entry.Why))]));
}

/// <summary>The newest actions first.</summary>
internal sealed record AuditView(IReadOnlyList<AuditLine> Actions);

/// <summary>What an operator asked for.</summary>
/// <param name="By">The operator's <c>sub</c>.</param>
/// <param name="Action"><c>return_messages</c> or <c>send_again</c>.</param>
/// <param name="Target">The queue, or the outbox and the message's id in it.</param>
internal sealed record AuditLine(DateTime At, string By, string Action, string Target, string? Why);
