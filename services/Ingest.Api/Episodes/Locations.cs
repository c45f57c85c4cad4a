namespace Podcast.Ingest.Api.Episodes;

/// <summary>URLs of episodes, for the <c>Location</c> header.</summary>
internal static class Locations
{
    public static string Episode(this HttpContext http, Guid id) => $"{http.Request.PathBase}/episodes/{id}";

    public static Results<Accepted<EpisodeView>, ProblemHttpResult> Accepted(this Outcome<EpisodeView> outcome, HttpContext http) =>
        outcome.Answer is { } episode ? TypedResults.Accepted(http.Episode(episode.Id), episode) : outcome.Refusal!;
}
