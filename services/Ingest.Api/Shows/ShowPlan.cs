namespace Podcast.Ingest.Api.Shows;

/// <summary>What a show's settings mean for a new episode.</summary>
internal static class ShowPlan
{
    /// <summary>
    /// The tasks that the upload names, with what the show says of each, or else all of the show's. A transcript without a language
    /// of its own gets the show's.
    /// </summary>
    /// <returns>Null means the default plan.</returns>
    public static IReadOnlyList<PlannedTask>? Plan(this ShowSettings show, IReadOnlyList<TaskKind>? wanted)
    {
        var spoken = show.Language?.Split('-')[0].ToLowerInvariant();
        var kinds = wanted ?? show.Tasks?.Select(task => task.Kind) ?? (spoken is null ? null : PlannedTask.DefaultKinds);
        return kinds?.Select(kind => Spoken(OfShow(kind) ?? PlannedTask.Of(kind), spoken)).ToArray();

        PlannedTask? OfShow(TaskKind kind) => show.Tasks?.FirstOrDefault(task => task.Kind == kind);
    }

    public static TimeZoneInfo Zone(this ShowSettings show) => TimeZoneInfo.FindSystemTimeZoneById(show.TimeZone);

    private static PlannedTask Spoken(PlannedTask task, string? language) =>
        task.Kind != TaskKind.TranscriptGeneration || language is null || task.Options?.Language is not null
            ? task
            : task with { Options = (task.Options ?? new()) with { Language = language } };
}
