using System.ComponentModel.DataAnnotations;
using Podcast.SettingsBinding;

namespace Podcast.Hosting.Bus;

/// <summary>Section <c>Bus</c>: how much work this process takes at once.</summary>
public sealed class BusOptions : IValidatableObject
{
    private const int Most = 10_000;

    /// <summary>Messages that the broker hands to an endpoint before others are answered; never more than it works on at once.</summary>
    [Range(1, Most)]
    public int PrefetchCount { get; set; } = 16;

    /// <summary>
    /// Messages that an endpoint works on at once, unless it is set for that endpoint, there or by its definition; null means
    /// <see cref="PrefetchCount"/>.
    /// </summary>
    [Range(1, Most)]
    public int? ConcurrentMessageLimit { get; set; }

    /// <summary>
    /// Other numbers for single endpoints, by queue name, with or without its dashes, since not every shell lets a variable have them:
    /// <c>Bus__Endpoints__ExtractAudio__ConcurrentMessageLimit</c>.
    /// </summary>
    public Dictionary<string, EndpointOptions> Endpoints { get; } = [];

    /// <summary>What is set for the endpoint of queue <paramref name="name"/>.</summary>
    public EndpointOptions For(string name) =>
        Endpoints.FirstOrDefault(endpoint => Plain(endpoint.Key).Equals(Plain(name), StringComparison.OrdinalIgnoreCase)).Value ?? new();

    /// <summary>
    /// What is set for an endpoint that there is not, but nearly: <paramref name="queues"/> are this process's. Others may be meant for
    /// another host with the same settings.
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

/// <summary>What one endpoint does otherwise; null is as in <see cref="BusOptions"/>, or as its definition says.</summary>
public sealed class EndpointOptions
{
    /// <summary>Messages that the broker hands to it before others are answered; never more than it works on at once.</summary>
    public int? PrefetchCount { get; set; }

    /// <summary>Messages that it works on at once.</summary>
    public int? ConcurrentMessageLimit { get; set; }
}
