namespace Podcast.Standalone.Process;

/// <summary>The API's answer about an episode (<c>GET /episodes/{id}</c>), with the fields that are shown here.</summary>
internal sealed record EpisodeAnswer(Guid Id, string Status, string? Reason, IReadOnlyList<TaskAnswer> Tasks)
{
    /// <summary>The upload, which is shown like a task.</summary>
    public static EpisodeAnswer OfUpload(string status, int percent) =>
        new(Guid.Empty, "", null, [new TaskAnswer("upload", status, null, null, percent, 1)]);
}

/// <summary>One task of the episode.</summary>
internal sealed record TaskAnswer(string Type, string Status, string? Error, Uri? OutputUrl, int? Percent, int Attempt);

/// <summary>The API's answer about an episode's publications (<c>GET /episodes/{id}/publications</c>).</summary>
internal sealed record PublicationsAnswer(string Status, IReadOnlyList<PublicationAnswer> Publications);

/// <summary>The episode on one channel.</summary>
internal sealed record PublicationAnswer(
    string Channel, string Status, string Step, string? Reason, string? Advice, Uri? Link, int? Percent, IReadOnlyList<string> Notes);
