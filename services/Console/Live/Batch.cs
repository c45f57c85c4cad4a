namespace Podcast.OperatorsConsole.Live;

/// <summary>What one question to the API brought, rendered once for all viewers.</summary>
/// <param name="Token">Up to where it goes.</param>
/// <param name="Counts">The numbers of the filters as HTML; null if they were not asked for.</param>
/// <param name="Complete">False if there is more than is told: the page has to be loaded anew.</param>
internal sealed record Batch(string Token, IReadOnlyList<Change> Changes, string? Counts, bool Complete = true);

/// <summary>An episode that changed.</summary>
/// <param name="Row">Its row in the list, as HTML.</param>
internal sealed record Change(Guid EpisodeId, DateTime CreatedAt, string Row);
