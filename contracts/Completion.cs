namespace Podcast.Contracts;

/// <summary>Give the episode's raw file a media object at Ittybit with its title, description and our id. A nicety: nothing waits for it.</summary>
public sealed record DescribeMedia(Guid EpisodeId, EpisodeSource Source, string Title, string? Description);

/// <summary>The media object is there.</summary>
public sealed record MediaDescribed(Guid EpisodeId, string MediaId);

/// <summary>Fetch the finished transcript, so that the episode no longer depends on Ittybit's copy.</summary>
/// <param name="Output">The transcript task's output.</param>
/// <param name="Round">1, 2 … each time it is asked for again.</param>
public sealed record CollectTranscript(Guid EpisodeId, int Round, TaskOutput Output);

/// <summary>The transcript itself, for whoever keeps it. Up to 16 MiB of text.</summary>
/// <param name="Text">The spoken words.</param>
/// <param name="Language">ISO 639-1, when Ittybit tells.</param>
/// <param name="Lines">The same with times, in order; empty when the source has none.</param>
/// <param name="Note">What was odd and left out, for people; null when nothing was.</param>
public sealed record TranscriptCollected(
    Guid EpisodeId, int Round, string Text, string? Language, IReadOnlyList<TranscriptLine> Lines, DateTimeOffset At, string? Note = null);

/// <summary>A stretch of speech.</summary>
/// <param name="Start">Seconds from the beginning.</param>
/// <param name="End">Seconds from the beginning.</param>
/// <param name="Speaker">Who, when Ittybit tells speakers apart.</param>
public sealed record TranscriptLine(double Start, double End, string Text, string? Speaker = null);

/// <summary>The transcript is kept safely and can be read.</summary>
/// <param name="Characters">Length of the text; 0 means there was no speech.</param>
/// <param name="LastLineEnd">Seconds; null when the transcript has no times.</param>
/// <param name="Note">That of <see cref="TranscriptCollected"/>.</param>
public sealed record TranscriptStored(
    Guid EpisodeId, int Round, int Characters, double? LastLineEnd, DateTimeOffset At, string? Note = null);

/// <summary>The transcript could not be fetched or makes no sense.</summary>
/// <param name="Reason">For people; no secrets, no signed addresses.</param>
/// <param name="Transient">True: worth another round by itself.</param>
/// <param name="Until">Set when Ittybit cannot be asked just now: the next round comes then, and this one counts against nothing.</param>
public sealed record TranscriptRejected(
    Guid EpisodeId, int Round, string Reason, bool Transient, DateTimeOffset At, DateTimeOffset? Until = null);

/// <summary>Look at what was made before the episode counts as processed.</summary>
/// <param name="Round">1, 2 … each time it is asked for again.</param>
/// <param name="Outputs">What the completed tasks made.</param>
/// <param name="Since">Rounds up to this one were about earlier outputs, before a retry.</param>
/// <param name="Optional">Kinds that the episode does without: trouble with one of them must not delay the others for ever.</param>
public sealed record CheckOutputs(
    Guid EpisodeId,
    int Round,
    EpisodeSource Source,
    IReadOnlyList<EpisodeOutput> Outputs,
    int Since = 0,
    IReadOnlyList<TaskKind>? Optional = null);

/// <summary>The outputs were looked at.</summary>
/// <param name="Objections">Why some cannot be used as they are; empty when all is well.</param>
/// <param name="Note">What is odd about the others and does not matter, for people; null when nothing is.</param>
public sealed record OutputsChecked(
    Guid EpisodeId, int Round, IReadOnlyList<OutputObjection> Objections, DateTimeOffset At, string? Note = null);

/// <summary>Why an output cannot be used as it is.</summary>
/// <param name="Reason">For people; no secrets, no signed addresses.</param>
public sealed record OutputObjection(TaskKind Kind, string Reason);

/// <summary>The outputs could not be looked at just now.</summary>
/// <param name="Reason">For people; no secrets, no signed addresses.</param>
/// <param name="Until">Set when Ittybit cannot be asked just now: the next round comes then, and this one counts against nothing.</param>
public sealed record OutputCheckDelayed(Guid EpisodeId, int Round, string Reason, DateTimeOffset At, DateTimeOffset? Until = null);
