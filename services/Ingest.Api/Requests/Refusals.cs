using Microsoft.AspNetCore.Http.HttpResults;

namespace Podcast.Ingest.Api.Requests;

/// <summary>Why a request comes to nothing, as problem+json.</summary>
internal static class Refusals
{
    /// <summary>Also for one that is somebody else's.</summary>
    public static ProblemHttpResult NoSuchEpisode { get; } = TypedResults.Problem(statusCode: StatusCodes.Status404NotFound);

    public static ProblemHttpResult Conflict(string why) =>
        TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, detail: why);

    /// <summary>A request that is well formed and still cannot be done, for what <paramref name="field"/> says.</summary>
    public static ProblemHttpResult Unprocessable(string title, string field, string why) => TypedResults.Problem(
        statusCode: StatusCodes.Status422UnprocessableEntity,
        title: title,
        detail: $"{field} {why}",
        extensions: new Dictionary<string, object?> { ["errors"] = new Dictionary<string, string[]> { [field] = [why] } });
}
