namespace Podcast.Contracts;

/// <summary>Command to fetch and store the finished transcript, so that the episode no longer depends on Ittybit's copy.</summary>
/// <param name="Output">The output of the transcript task.</param>
/// <param name="Round">1, 2 …; each repeated command has the next number.</param>
public sealed record CollectTranscript(Guid EpisodeId, int Round, TaskOutput Output);

/// <summary>
/// The text of the transcript, to be stored. Up to 16 MiB of text. Published before 29 November 2026; now who stores the text fetches it.
/// </summary>
/// <param name="Text">The spoken words.</param>
/// <param name="Language">ISO 639-1; null if Ittybit does not report it.</param>
/// <param name="Lines">The text in timed lines, in order; empty if the source has no times.</param>
/// <param name="Note">Parts that were invalid and left out, for display; null if there were none.</param>
public sealed record TranscriptCollected(
    Guid EpisodeId, int Round, string Text, string? Language, IReadOnlyList<TranscriptLine> Lines, DateTimeOffset At, string? Note = null);

/// <summary>A timed line of the transcript.</summary>
/// <param name="Start">Seconds from the beginning.</param>
/// <param name="End">Seconds from the beginning.</param>
/// <param name="Speaker">The speaker, if Ittybit distinguishes speakers.</param>
public sealed record TranscriptLine(double Start, double End, string Text, string? Speaker = null);

/// <summary>The transcript is stored and can be read.</summary>
/// <param name="Characters">The length of the text; 0 means that there was no speech.</param>
/// <param name="LastLineEnd">The end of the last line in seconds; null if the transcript has no times.</param>
/// <param name="Note">Parts that were invalid and left out, for display; null if there were none.</param>
public sealed record TranscriptStored(
    Guid EpisodeId, int Round, int Characters, double? LastLineEnd, DateTimeOffset At, string? Note = null);

/// <summary>The transcript could not be fetched or is invalid.</summary>
/// <param name="Reason">For display; no secrets, no signed addresses.</param>
/// <param name="Transient">True if another round may succeed without changes.</param>
/// <param name="Until">Set if Ittybit cannot be called at present: the next round starts then, and this round does not count as
/// an attempt.</param>
public sealed record TranscriptRejected(
    Guid EpisodeId, int Round, string Reason, bool Transient, DateTimeOffset At, DateTimeOffset? Until = null);

/// <summary>Command to check the outputs before the episode counts as processed.</summary>
/// <param name="Round">1, 2 …; each repeated command has the next number.</param>
/// <param name="Outputs">The outputs of the completed tasks.</param>
/// <param name="Since">The last round that concerned earlier outputs, before a retry; 0 if there was none.</param>
/// <param name="Optional">Kinds that the plan does not require: if such an output cannot be checked, it must not delay the
/// episode indefinitely.</param>
/// <param name="Media">The texts for the raw file's media object at Ittybit; null if it has them.</param>
public sealed record CheckOutputs(
    Guid EpisodeId,
    int Round,
    EpisodeSource Source,
    IReadOnlyList<EpisodeOutput> Outputs,
    int Since = 0,
    IReadOnlyList<TaskKind>? Optional = null,
    MediaDescription? Media = null);

/// <summary>What Ittybit's media object of the raw file shall say, beside our id. No step depends on it.</summary>
public sealed record MediaDescription(string Title, string? Description);

/// <summary>The outputs were checked.</summary>
/// <param name="Objections">The outputs that cannot be used as they are; empty if all are valid.</param>
/// <param name="Note">Irregularities that do not prevent the use of an output, for display; null if there are none.</param>
/// <param name="MediaId">The media object that got its description; null if there was none to give, or it could not be given.</param>
public sealed record OutputsChecked(
    Guid EpisodeId,
    int Round,
    IReadOnlyList<OutputObjection> Objections,
    DateTimeOffset At,
    string? Note = null,
    string? MediaId = null);

/// <summary>The reason why an output cannot be used as it is.</summary>
/// <param name="Reason">For display; no secrets, no signed addresses.</param>
public sealed record OutputObjection(TaskKind Kind, string Reason);

/// <summary>The outputs could not be checked at present.</summary>
/// <param name="Reason">For display; no secrets, no signed addresses.</param>
/// <param name="Until">Set if Ittybit cannot be called at present: the next round starts then, and this round does not count as
/// an attempt.</param>
public sealed record OutputCheckDelayed(Guid EpisodeId, int Round, string Reason, DateTimeOffset At, DateTimeOffset? Until = null);
