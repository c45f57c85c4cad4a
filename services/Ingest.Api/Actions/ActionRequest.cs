namespace Podcast.Ingest.Api.Actions;

/// <summary>The body of <c>POST /episodes/{id}/cancel</c>, <c>/resume</c> and <c>/republish</c>; optional.</summary>
/// <param name="Why">The reason, stored in the history.</param>
internal sealed record ActionRequest(string? Why) : IRequest<ActionRequest>
{
    /// <summary>Maximum length in characters.</summary>
    public const int LongestWhy = 500;

    public static bool MayBeEmpty => true;

    public static ActionRequest Read(RequestFields fields, IServiceProvider services) => new(fields.OptionalText("why", LongestWhy));
}
