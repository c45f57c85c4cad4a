namespace Podcast.FaultRunner.Cli;

/// <summary>The provider's faults, each as a percentage of the webhooks, tasks, lists or requests that it names.</summary>
internal sealed record ProviderChaos
{
    /// <summary>Webhooks that are sent twice or more.</summary>
    public double Duplicates { get; init; } = 20;

    /// <summary>Webhooks that are not sent.</summary>
    public double Drops { get; init; } = 10;

    /// <summary>Tasks whose final webhook arrives before the answer to their creation.</summary>
    public double Early { get; init; } = 10;

    /// <summary>Tasks whose first webhook arrives after the final one.</summary>
    public double Reordered { get; init; } = 10;

    /// <summary>Completed tasks for which a failure is reported too.</summary>
    public double Contradicted { get; init; } = 5;

    /// <summary>Completion webhooks without the output.</summary>
    public double Bare { get; init; } = 5;

    /// <summary>Lists that contain foreign elements which cannot be read.</summary>
    public double ForeignElements { get; init; } = 20;

    /// <summary>How long task creations are answered 402, once a minute.</summary>
    public TimeSpan Unpaid { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Tasks for which a forged webhook is sent.</summary>
    public double Forged { get; init; } = 5;

    /// <summary>Requests that are answered 429 or 500, half each.</summary>
    public double Refused { get; init; } = 5;

    /// <summary>
    /// Requests that are executed but whose answer is lost or unreadable: no answer, a truncated one, HTML, or another shape.
    /// </summary>
    public double Garbled { get; init; } = 2;

    /// <summary>Tasks that fail; another attempt may succeed.</summary>
    public double Failed { get; init; } = 3;

    /// <summary>Tasks that never end, or that the provider forgets, half each.</summary>
    public double Vanished { get; init; } = 1;
}
