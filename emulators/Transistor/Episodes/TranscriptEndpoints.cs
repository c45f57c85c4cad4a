namespace Podcast.Emulators.Transistor;

/// <summary>Serves what <c>transcript_url</c> names: the text as it was given.</summary>
internal static class TranscriptEndpoints
{
    public static void MapTranscripts(this IEndpointRouteBuilder root) => root.MapGet("/s/{slug}/transcript.txt", Read);

    private static IResult Read(string slug, Documents<Episode> episodes) =>
        episodes.All.FirstOrDefault(one => EpisodeWriter.Slug(one.Id) == slug)?.Fields.GetValueOrDefault("transcript_text") is { } text
            ? Results.Text(text)
            : Results.NotFound();
}
