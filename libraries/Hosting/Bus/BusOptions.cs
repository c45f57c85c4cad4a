using ValidationResult = System.ComponentModel.DataAnnotations.ValidationResult;

namespace Podcast.Hosting.Bus;

/// <summary>Section <c>Bus</c>: how many messages this process handles concurrently.</summary>
public sealed class BusOptions : IValidatableObject
{
    private const int Most = 10_000;

    /// <summary>
    /// Unacknowledged messages that the broker delivers to one endpoint, at most the endpoint's concurrency limit. 1–10 000.
    /// </summary>
    [Range(1, Most)]
    public int PrefetchCount { get; set; } = 16;

    /// <summary>
    /// Messages that one endpoint handles concurrently, unless <see cref="Endpoints"/> or the consumer's definition sets another
    /// limit; null means <see cref="PrefetchCount"/>. 1–10 000.
    /// </summary>
    [Range(1, Most)]
    public int? ConcurrentMessageLimit { get; set; }

    /// <summary>
    /// Overrides per endpoint. The key is the queue name, with or without dashes, because some shells do not allow dashes in
    /// variable names: <c>Bus__Endpoints__ExtractAudio__ConcurrentMessageLimit</c>.
    /// </summary>
    public Dictionary<string, EndpointOptions> Endpoints { get; } = [];

    /// <summary>The overrides for the endpoint of queue <paramref name="name"/>; all null if there are none.</summary>
    public EndpointOptions For(string name) =>
        Endpoints.FirstOrDefault(endpoint => Plain(endpoint.Key).Equals(Plain(name), StringComparison.OrdinalIgnoreCase)).Value ?? new();

    /// <summary>
    /// An error text if a key of <see cref="Endpoints"/> resembles one of this process's <paramref name="queues"/> but matches
    /// none. Other keys are accepted: another host may share the same settings.
    /// </summary>
    internal string? Misspelt(IReadOnlyList<string> queues) =>
        (from key in Endpoints.Keys
         where queues.All(queue => !Plain(queue).Equals(Plain(key), StringComparison.OrdinalIgnoreCase))
         let nearest = queues.MaxBy(queue => Spelling.Similarity(Plain(queue), Plain(key)))
         where nearest is not null && Spelling.Similarity(Plain(nearest), Plain(key)) >= Spelling.Near
         select $"Bus__Endpoints__{key} is set for no queue of this host; the nearest is {nearest}.").FirstOrDefault();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from endpoint in Endpoints
        from setting in new (string Name, int? Value)[]
        {
            (nameof(PrefetchCount), endpoint.Value.PrefetchCount), (nameof(ConcurrentMessageLimit), endpoint.Value.ConcurrentMessageLimit),
        }
        where setting.Value is < 1 or > Most
        select new ValidationResult($"must be between 1 and {Most}.", [$"{nameof(Endpoints)}:{endpoint.Key}:{setting.Name}"]);

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal);
}

/// <summary>
/// Overrides for one endpoint; null means the value of <see cref="BusOptions"/> or of the consumer's definition.
/// </summary>
public sealed class EndpointOptions
{
    /// <summary>Unacknowledged messages that the broker delivers to the endpoint, at most its concurrency limit.</summary>
    public int? PrefetchCount { get; set; }

    /// <summary>Messages that the endpoint handles concurrently.</summary>
    public int? ConcurrentMessageLimit { get; set; }
}
