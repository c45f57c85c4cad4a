using Podcast.Redaction;

namespace Podcast.Orchestrator.Episodes;

/// <summary>
/// Validates an announced episode, from any publisher. Values without meaning are dropped; values that cannot be stored or
/// understood fail the episode with a reason, since a message in the error queue would not reach the publisher.
/// </summary>
internal static class UploadValidation
{
    /// <summary>The upload without values that cannot be stored, and why it is rejected: null if it is not.</summary>
    public static (EpisodeUploaded Upload, string? Refusal) Clean(EpisodeUploaded upload)
    {
        List<PlannedTask> tasks = [.. upload.Tasks?.OfType<PlannedTask>() ?? []];
        upload = upload with { Title = Plain(upload.Title) ?? "", Description = Plain(upload.Description, lines: true), Tasks = tasks };
        if (upload.Details is { } details)
            upload = upload with { Details = Clean(details) };
        var refusal = Refuse(upload) ?? tasks.Select(Refuse).FirstOrDefault(reason => reason is not null);
        if (refusal is null)
            return (upload with { Source = Clean(upload.Source) }, null);

        return (upload with // what people need to recognize it
        {
            OwnerId = EpisodeTexts.IsOwner(upload.OwnerId) ? upload.OwnerId : "",
            Title = Redactor.Cut(upload.Title, EpisodeTexts.LongestTitle),
            Description = null,
            Show = null,
            Details = null,
            Source = new EpisodeSource(null, null), // so that a retry does not start it
            Tasks = [.. tasks.Where(task => Enum.IsDefined(task.Kind)).Select(task => task with { Options = null })],
        }, refusal);
    }

    private static string? Refuse(EpisodeUploaded upload) => upload switch
    {
        _ when !EpisodeTexts.IsOwner(upload.OwnerId) =>
            $"The owner is empty, longer than {EpisodeTexts.LongestOwner} characters, or holds control characters.",
        { Title.Length: > EpisodeTexts.LongestTitle } => $"The title is longer than {EpisodeTexts.LongestTitle} characters.",
        { Description.Length: > EpisodeTexts.LongestDescription } =>
            $"The description is longer than {EpisodeTexts.LongestDescription} characters.",
        { Show: { } show } when !ShowPattern.IsSlug(show) =>
            $"The show is not 1 to {ShowPattern.LongestSlug} lower-case letters, digits and hyphens.",
        { Details: { } details } when Refuse(details) is { } reason => reason,
        { Source: null or { FileId: null or "", Url: null } } => "The upload names neither a file nor an address.",
        { Source.FileId: { Length: > 0 } id } when !EpisodeTexts.IsName(id, EpisodeTexts.LongestFileId) =>
            $"The source's file id is longer than {EpisodeTexts.LongestFileId} characters, or holds control characters.",
        { Source.Url.OriginalString.Length: > EpisodeTexts.LongestAddress } =>
            $"The source's address is longer than {EpisodeTexts.LongestAddress} characters.",
        _ => null,
    };

    private static string? Refuse(EpisodeDetails details) => details switch
    {
        { Season: < 1 or > EpisodeDetails.HighestNumber } => $"The season is not 1 to {EpisodeDetails.HighestNumber}.",
        { Number: < 1 or > EpisodeDetails.HighestNumber } => $"The episode's number is not 1 to {EpisodeDetails.HighestNumber}.",
        { Summary.Length: > EpisodeDetails.LongestSummary } =>
            $"The summary is longer than {EpisodeDetails.LongestSummary} characters.",
        { Image: { IsAbsoluteUri: false } or { Scheme: not ("http" or "https") } } => "The image's address is none of the web.",
        { Image.OriginalString.Length: > EpisodeTexts.LongestAddress } =>
            $"The image's address is longer than {EpisodeTexts.LongestAddress} characters.",
        _ => null,
    };

    private static string? Refuse(PlannedTask task)
    {
        if (!Enum.IsDefined(task.Kind))
            return "The plan names a task that does not exist.";

        const int Longest = EpisodeTexts.LongestOption;
        string?[] options = [task.Options?.Format, task.Options?.Codec, task.Options?.Language];
        return options.All(option => option is null or "" || EpisodeTexts.IsName(option, Longest))
            ? null
            : $"An option of {task.Kind.WireName()} is longer than {Longest} characters, or holds control characters.";
    }

    private static EpisodeDetails Clean(EpisodeDetails details) =>
        details with { Summary = Plain(details.Summary), PublishAt = details.PublishAt?.ToUniversalTime() };

    private static EpisodeSource Clean(EpisodeSource source) => source with
    {
        Filename = Plain(source.Filename) is { Length: <= EpisodeTexts.LongestFilename } name ? name : null,
        DurationSeconds = source.DurationSeconds > 0 ? source.DurationSeconds : null,
    };

    /// <summary>Removes control characters: PostgreSQL cannot store U+0000, and the others have no meaning in a name.</summary>
    private static string? Plain(string? text, bool lines = false) =>
        text is null || !text.Any(char.IsControl)
            ? text
            : string.Concat(text.Where(c => !char.IsControl(c) || (lines && c is '\r' or '\n' or '\t')));
}
