using Microsoft.AspNetCore.Http.HttpResults;

namespace Podcast.Ingest.Api.Requests;

/// <summary>What a request came to: an answer, or the reason why there is none.</summary>
internal sealed record Outcome<TAnswer>(TAnswer? Answer, ProblemHttpResult? Refusal)
    where TAnswer : class
{
    public static implicit operator Outcome<TAnswer>(TAnswer answer) => new(answer, null);

    public static implicit operator Outcome<TAnswer>(ProblemHttpResult refusal) => new(null, refusal);
}
