using Podcast.Contracts;

namespace Podcast.Processing.Asking;

/// <summary>One attempt at one task of one episode: at most one task at Ittybit, ever.</summary>
internal sealed record TaskName(Guid EpisodeId, TaskKind Kind, int Attempt)
{
    /// <summary>The same for every request for this attempt; servers that honour <c>Idempotency-Key</c> make one task of them.</summary>
    public string Key => $"{EpisodeId}/{Kind.Word()}/{Attempt}";

    /// <summary>The label by which the task is found again: <c>podcast_audio-0f…-1</c>.</summary>
    public string Reference(string? label) => $"{label}-{EpisodeId:N}-{Attempt}";
}
