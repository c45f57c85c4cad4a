using Podcast.Ingest.Api.Actions;
using Podcast.Ingest.Api.Audit;

namespace Podcast.Ingest.Api.Queues;

/// <summary>Shows RabbitMQ's queues and why messages failed, and returns failed messages to where they failed.</summary>
internal static class QueueEndpoints
{
    private const int Looked = 100;
    private const int Shown = 20;
    private const int AtOnce = 1000;

    public static void MapQueues(this RouteGroupBuilder queues)
    {
        queues.AddEndpointFilter(Explain);
        queues.MapGet("/", List).WithSummary("The queues of RabbitMQ, and how many messages wait in each")
            .WithDescription("Without `Queues__Management` of the API none are known.");
        var operators = queues.MapGroup("/{name}").RequireOperator()
            .ProducesProblem(StatusCodes.Status404NotFound);
        operators.MapGet("/", Show).WithSummary($"Why the oldest {Looked} messages of an error queue failed; for operators");
        operators.MapPost("/return", Return).WithSummary($"Return up to {AtOnce} messages to the queue in which they failed; for operators")
            .WithDescription(
                "Each leaves the error queue only after it has arrived, with the id that it had, which consumers take once. Repair the "
                + "cause first, or they fail again.")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<QueuesView>> List(BrokerQueues queues, CancellationToken cancellationToken)
    {
        var all = queues.AreKnown ? await queues.All(cancellationToken) : [];
        return TypedResults.Ok(new QueuesView(
            queues.AreKnown, [.. all.OrderBy(queue => queue.Name, StringComparer.Ordinal).Select(QueueView.Of)]));
    }

    private static async Task<Results<Ok<FailedQueueView>, NotFound>> Show(
        string name, BrokerQueues queues, CancellationToken cancellationToken)
    {
        if (!QueueView.HoldsFailures(name) || await Find(queues, name, cancellationToken) is not { } queue)
            return TypedResults.NotFound();

        var messages = (await queues.Look(name, Looked, cancellationToken)).Select(FailedMessage.Of).ToList();
        return TypedResults.Ok(new FailedQueueView(
            queue,
            [
                .. messages.GroupBy(message => (message.Error, message.Fault, message.Type))
                    .Select(same => new FaultView(
                        same.Key.Error, same.Key.Fault, same.Key.Type, same.Count(), same.Max(message => message.At)))
                    .OrderByDescending(fault => fault.Count),
            ],
            [.. messages.Take(Shown)]));
    }

    private static async Task<Results<Ok<ReturnedView>, NotFound, ProblemHttpResult>> Return(
        string name, Posted<ActionRequest> posted, BrokerQueues queues, MessageReturn messages, AuditTrail audit, IdempotencyStore posts,
        CancellationToken cancellationToken)
    {
        if (!name.EndsWith(QueueView.Error, StringComparison.Ordinal) || await Find(queues, name, cancellationToken) is null)
            return TypedResults.NotFound();
        var origin = name[..^QueueView.Error.Length];
        if (await Find(queues, origin, cancellationToken) is null)
            return Refusals.Conflict($"There is no queue {origin} to return them to.");

        // Before the effect: it may be cut off in the middle.
        if (await posts.Known<ReturnedView>(posted.Key, cancellationToken) is null)
            await audit.Add(posted.Owner, "return_messages", name, posted.Body.Why, cancellationToken);
        var outcome = await posts.Do<ReturnedView>(
            posted.Key,
            async () =>
            {
                var (returned, left) = await messages.Run(name, origin, AtOnce, cancellationToken);
                return new ReturnedView(origin, returned, left);
            },
            cancellationToken);
        return outcome.Answer is { } answer ? TypedResults.Ok(answer) : outcome.Refusal!;
    }

    private static async Task<QueueView?> Find(BrokerQueues queues, string name, CancellationToken cancellationToken) =>
        queues.AreKnown && await queues.Find(name, cancellationToken) is { } queue ? QueueView.Of(queue) : null;

    private static async ValueTask<object?> Explain(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (QueuesUnavailableException away)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, detail: away.Message);
        }
    }
}
