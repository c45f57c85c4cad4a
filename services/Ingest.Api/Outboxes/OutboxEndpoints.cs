using Podcast.Ingest.Api.Actions;
using Podcast.Ingest.Api.Audit;
using Podcast.Redaction;

namespace Podcast.Ingest.Api.Outboxes;

/// <summary>
/// Shows outboxes: how long messages wait, and which were set aside and why. Those of other services are in their databases, which the
/// API may not read: it asks the services (docs/decisions/0011).
/// </summary>
internal static class OutboxEndpoints
{
    private const int Shown = 50;

    public static void MapOutboxes(this RouteGroupBuilder outboxes)
    {
        outboxes.RequireOperator();
        outboxes.MapGet("/", List).WithSummary("Messages that are committed and not sent yet; for operators")
            .WithDescription(
                $"With the newest {Shown} that could not be sent and were set aside, and why. Of other services: of those that are set "
                + "(`OutboxDesks__Others`); `problem` says why nothing is known of one.");
        outboxes.MapPost("/{outbox}/{id:long}/send", Send).WithSummary("Try to send a message again that was set aside; for operators")
            .WithDescription("It is sent within seconds, under the id that it had. If it cannot be sent, it is set aside again.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<OutboxesView>> List(OutboxDesks desks, CancellationToken cancellationToken)
    {
        var looks = await Task.WhenAll(desks.All.Select(desk => desk.Look(Shown, cancellationToken)));
        return TypedResults.Ok(new OutboxesView([.. desks.All.Zip(looks, (desk, look) => OutboxView.Of(desk.Name, look))]));
    }

    private static async Task<Results<Accepted, NotFound, ProblemHttpResult>> Send(
        string outbox, long id, Posted<ActionRequest> posted, OutboxDesks desks, AuditTrail audit,
        CancellationToken cancellationToken)
    {
        try
        {
            if (desks.All.FirstOrDefault(desk => desk.Name == outbox) is not { } desk || !await desk.SendAgain(id, cancellationToken))
                return TypedResults.NotFound();
        }
        catch (Exception trouble) when (
            !cancellationToken.IsCancellationRequested && trouble is HttpRequestException or OperationCanceledException)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable,
                detail: $"The service of the outbox {outbox} does not answer as it should. The message stays set aside: try again later.");
        }

        await audit.Add(posted.Owner, "send_again", $"{outbox} {id}", posted.Body.Why, cancellationToken);
        return TypedResults.Accepted((string?)null);
    }
}

/// <summary>The outboxes of this process, and of the services that it asks.</summary>
internal sealed record OutboxesView(IReadOnlyList<OutboxView> Outboxes);

/// <summary>What waits in an outbox. Times are UTC.</summary>
/// <param name="Name">The service's data: <c>ingest</c>.</param>
/// <param name="WaitingSince">The time of the oldest message that was not sent yet; null if all were.</param>
/// <param name="SetAside">How many could not be sent.</param>
/// <param name="Messages">The newest of these.</param>
/// <param name="Problem">Why nothing is known of it; null if the rest is known.</param>
internal sealed record OutboxView(
    string Name, DateTime? WaitingSince, int SetAside, IReadOnlyList<SetAsideView> Messages, string? Problem)
{
    public static OutboxView Of(string name, OutboxLook look) => new(
        name, look.WaitingSince, look.SetAside,
        [
            .. look.Newest.Select(letter => new SetAsideView(
                letter.Id, letter.MessageId, letter.MessageType.Split(';')[0].Split(':')[^1],
                letter.Destination is null ? null : Redactor.Line(letter.Destination),
                Redactor.Line(letter.Reason), letter.Attempts, letter.SetAsideAt, letter.RetryAt)),
        ],
        look.Problem);
}

/// <summary>A message that could not be sent.</summary>
/// <param name="Id">Its number in the outbox.</param>
/// <param name="Reason">Why the last attempt failed.</param>
/// <param name="RetryAt">When it is tried again; null: not by itself any more.</param>
internal sealed record SetAsideView(
    long Id, Guid MessageId, string Type, string? Destination, string Reason, int Attempts, DateTime SetAsideAt, DateTime? RetryAt);
