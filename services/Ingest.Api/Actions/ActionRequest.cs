using Podcast.Ingest.Api.Requests;

namespace Podcast.Ingest.Api.Actions;

/// <summary>The body of <c>POST /episodes/{id}/cancel</c>, <c>/resume</c> and <c>/republish</c>; need not be there.</summary>
/// <param name="Why">For the history.</param>
internal sealed record ActionRequest(string? Why) : IRequest<ActionRequest>
{
    /// <summary>Characters.</summary>
    public const int LongestWhy = 500;

    public static bool MayBeEmpty => true;

    public static ActionRequest Read(RequestFields fields, IServiceProvider services) => new(fields.OptionalText("why", LongestWhy));
}
