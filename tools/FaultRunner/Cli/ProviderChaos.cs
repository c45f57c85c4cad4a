namespace Podcast.FaultRunner.Cli;

/// <summary>How badly the provider behaves, in percent of what each names.</summary>
internal sealed record ProviderChaos
{
    /// <summary>Webhooks that come twice.</summary>
    public double Duplicates { get; init; } = 20;

    /// <summary>Webhooks that never come.</summary>
    public double Drops { get; init; } = 10;

    /// <summary>Tasks whose end is told before their creation is answered.</summary>
    public double Early { get; init; } = 10;

    /// <summary>Tasks whose beginning is told after their end.</summary>
    public double Reordered { get; init; } = 10;

    /// <summary>Completed tasks that are told to have failed as well.</summary>
    public double Contradicted { get; init; } = 5;

    /// <summary>Completions that are told without the output.</summary>
    public double Bare { get; init; } = 5;

    /// <summary>Lists that hold elements of others that cannot be read.</summary>
    public double ForeignElements { get; init; } = 20;

    /// <summary>How long creations are answered 402 once a minute.</summary>
    public TimeSpan Unpaid { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Tasks about which somebody else lies.</summary>
    public double Forged { get; init; } = 5;

    /// <summary>Requests answered 429 or 500, half each.</summary>
    public double Refused { get; init; } = 5;

    /// <summary>Requests that are carried out and whose answer is lost: no answer, half an answer, a web page, another shape.</summary>
    public double Garbled { get; init; } = 2;

    /// <summary>Tasks that fail and may succeed when made again.</summary>
    public double Failed { get; init; } = 3;

    /// <summary>Tasks that never end, or that the provider forgets; half each.</summary>
    public double Vanished { get; init; } = 1;
}
