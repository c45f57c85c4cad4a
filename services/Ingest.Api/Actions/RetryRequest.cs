namespace Podcast.Ingest.Api.Actions;

/// <summary>The body of <c>POST /episodes/{id}/retry</c>; without a body, every failed task is retried.</summary>
/// <param name="Tasks">The tasks to retry; null means every failed one.</param>
/// <param name="Now">
/// True also ends waits: of tasks for their next attempt, of a completing episode for the next check of its outputs.
/// </param>
/// <param name="Why">The reason, stored in the history.</param>
internal sealed record RetryRequest(IReadOnlyList<TaskKind>? Tasks, bool Now, string? Why) : IRequest<RetryRequest>
{
    public static bool MayBeEmpty => true;

    public static RetryRequest Read(RequestFields fields, IServiceProvider services) =>
        new(fields.Tasks("tasks"), fields.Flag("now"), fields.OptionalText("why", ActionRequest.LongestWhy));
}
