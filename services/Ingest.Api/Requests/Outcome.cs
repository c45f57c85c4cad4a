namespace Podcast.Ingest.Api.Requests;

/// <summary>The result of a request: an answer, or the problem response that rejects it.</summary>
internal sealed record Outcome<TAnswer>(TAnswer? Answer, ProblemHttpResult? Refusal)
    where TAnswer : class
{
    public static implicit operator Outcome<TAnswer>(TAnswer answer) => new(answer, null);

    public static implicit operator Outcome<TAnswer>(ProblemHttpResult refusal) => new(null, refusal);
}
