namespace Podcast.Standalone.Process;

/// <summary>What the API says of an episode (<c>GET /episodes/{id}</c>), as far as it is shown here.</summary>
internal sealed record EpisodeAnswer(Guid Id, string Title, string Status, string? Reason, IReadOnlyList<TaskAnswer> Tasks)
{
    public bool IsOver => Status is "processed" or "failed" or "held" or "cancelled";

    public bool IsProcessed => Status == "processed";
}

/// <summary>One task of it.</summary>
internal sealed record TaskAnswer(string Type, string Status, string? Error, string? OutputUrl, int? Percent, int Attempt);
