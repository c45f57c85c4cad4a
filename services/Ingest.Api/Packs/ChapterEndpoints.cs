namespace Podcast.Ingest.Api.Packs;

/// <summary>The chapters of an episode, as they go to its channels.</summary>
/// <param name="LeftOut">Why there are none; null if there are.</param>
internal sealed record ChaptersView(IReadOnlyList<ChapterView> Chapters, string? LeftOut);

/// <summary>One chapter; seconds from the beginning of the episode.</summary>
internal sealed record ChapterView(double Start, double End, string Title);

internal static class ChapterEndpoints
{
    public static void MapChapters(this RouteGroupBuilder episodes) =>
        episodes.MapGet("/{id:guid}/chapters", Show).WithSummary("The chapters of an episode, as they go to its channels")
            .WithDescription("Read from Ittybit at each request.")
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<ChaptersView>, ProblemHttpResult>> Show(
        Owner owner, Guid id, EpisodeReader episodes, EpisodeOutputs made, CancellationToken cancellationToken)
    {
        if (await episodes.Find(owner, id, cancellationToken) is not { } episode)
            return Refusals.NoSuchEpisode;
        var chapters = await made.Chapters(EpisodeOutputs.Of(episode), cancellationToken);
        return TypedResults.Ok(new ChaptersView(
            [.. chapters.Marks.Select(mark => new ChapterView(mark.Start.TotalSeconds, mark.End.TotalSeconds, mark.Title))],
            chapters.LeftOut));
    }
}
