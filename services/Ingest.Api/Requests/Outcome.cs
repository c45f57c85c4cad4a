namespace Podcast.Ingest.Api.Requests;

/// <summary>The result of a request: an answer, or the problem response that rejects it.</summary>
internal sealed record Outcome<TAnswer>(TAnswer? Answer, ProblemHttpResult? Refusal)
    where TAnswer : class
{
    public static implicit operator Outcome<TAnswer>(TAnswer answer) => new(answer, null);

    public static implicit operator Outcome<TAnswer>(ProblemHttpResult refusal) => new(null, refusal);
}

/// <summary>Problem responses for rejected requests.</summary>
internal static class Refusals
{
    /// <summary>Also the answer for another owner's episode.</summary>
    public static ProblemHttpResult NoSuchEpisode => TypedResults.Problem(statusCode: StatusCodes.Status404NotFound);

    public static ProblemHttpResult Conflict(string why) =>
        TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, detail: why);

    /// <summary>A 422 for a well-formed request that cannot be executed because of <paramref name="field"/>.</summary>
    public static ProblemHttpResult Unprocessable(string title, string field, string why) => TypedResults.Problem(
        statusCode: StatusCodes.Status422UnprocessableEntity,
        title: title,
        detail: $"{field} {why}",
        extensions: new Dictionary<string, object?> { ["errors"] = new Dictionary<string, string[]> { [field] = [why] } });
}
