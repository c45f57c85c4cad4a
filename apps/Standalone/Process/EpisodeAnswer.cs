namespace Podcast.Standalone.Process;

/// <summary>The API's answer about an episode (<c>GET /episodes/{id}</c>), with the fields that are shown here.</summary>
internal sealed record EpisodeAnswer(Guid Id, string Title, string Status, string? Reason, IReadOnlyList<TaskAnswer> Tasks)
{
    public bool IsOver => Status is "processed" or "failed" or "held" or "cancelled";

    public bool IsProcessed => Status == "processed";
}

/// <summary>One task of the episode.</summary>
internal sealed record TaskAnswer(string Type, string Status, string? Error, string? OutputUrl, int? Percent, int Attempt);
