namespace Podcast.Orchestrator.Episodes;

/// <summary>
/// Validates an announced episode, from any publisher. Values without meaning are dropped; values that cannot be stored or
/// understood fail the episode with a reason, since a message in the error queue would not reach the publisher.
/// </summary>
internal static class UploadValidation
{
    /// <summary>Returns why the episode cannot be processed; null if it can.</summary>
    public static string? Refuse(EpisodeUploaded upload)
    {
        var source = upload.Source;
        if (!EpisodeTexts.IsOwner(upload.OwnerId))
            return $"The owner is empty, longer than {EpisodeTexts.LongestOwner} characters, or holds control characters.";
        if (Plain(upload.Title)?.Length > EpisodeTexts.LongestTitle)
            return $"The title is longer than {EpisodeTexts.LongestTitle} characters.";
        if (Plain(upload.Description, lines: true)?.Length > EpisodeTexts.LongestDescription)
            return $"The description is longer than {EpisodeTexts.LongestDescription} characters.";
        if (source is null or { FileId: null or "", Url: null })
            return "The upload names neither a file nor an address.";
        if (source.FileId is { Length: > 0 } && !EpisodeTexts.IsName(source.FileId, EpisodeTexts.LongestFileId))
            return $"The source's file id is longer than {EpisodeTexts.LongestFileId} characters, or holds control characters.";
        if (source.Url?.OriginalString.Length > EpisodeTexts.LongestAddress)
            return $"The source's address is longer than {EpisodeTexts.LongestAddress} characters.";

        return Tasks(upload).Select(Refuse).FirstOrDefault(reason => reason is not null);
    }

    /// <summary>
    /// The upload without values that cannot be stored; of a rejected upload, only what people need to recognize it.
    /// </summary>
    public static EpisodeUploaded Clean(EpisodeUploaded upload) => Refuse(upload) is null
        ? upload with
        {
            Title = Plain(upload.Title) ?? "",
            Description = Plain(upload.Description, lines: true),
            Source = Clean(upload.Source),
            Tasks = Tasks(upload),
        }
        : upload with
        {
            OwnerId = EpisodeTexts.IsOwner(upload.OwnerId) ? upload.OwnerId : "",
            Title = Cut(Plain(upload.Title) ?? "", EpisodeTexts.LongestTitle),
            Description = null,
            Source = new EpisodeSource(null, null), // so that a retry does not start it
            Tasks = [.. Tasks(upload).Where(task => Enum.IsDefined(task.Kind)).Select(task => task with { Options = null })],
        };

    private static EpisodeSource Clean(EpisodeSource source) => source with
    {
        Filename = Plain(source.Filename) is { Length: <= EpisodeTexts.LongestFilename } name ? name : null,
        DurationSeconds = source.DurationSeconds > 0 ? source.DurationSeconds : null,
    };

    private static string? Refuse(PlannedTask task)
    {
        if (!Enum.IsDefined(task.Kind))
            return "The plan names a task that does not exist.";

        var (format, _, _, codec, _, _, _, language) = task.Options ?? new TaskOptions();
        const int Longest = EpisodeTexts.LongestOption;
        return new[] { format, codec, language }.All(option => option is null or "" || EpisodeTexts.IsName(option, Longest))
            ? null
            : $"An option of {task.Kind.WireName()} is longer than {Longest} characters, or holds control characters.";
    }

    private static List<PlannedTask> Tasks(EpisodeUploaded upload) => [.. upload.Tasks?.OfType<PlannedTask>() ?? []];

    /// <summary>Removes control characters: PostgreSQL cannot store U+0000, and the others have no meaning in a name.</summary>
    private static string? Plain(string? text, bool lines = false) =>
        text is null || !text.Any(char.IsControl)
            ? text
            : string.Concat(text.Where(c => !char.IsControl(c) || (lines && c is '\r' or '\n' or '\t')));

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
