namespace Podcast.Ingest.Api.Queues;

/// <summary>Section <c>Queues</c>.</summary>
public sealed class QueueOptions : IValidatableObject
{
    /// <summary>
    /// RabbitMQ's management API, with an account that may read the error queues and publish to the default exchange, and the
    /// virtual host: <c>http://user:password@rabbitmq:15672/podcast</c>. Null: queues are not shown, and nothing can be returned.
    /// </summary>
    public Uri? Management { get; set; }

    /// <summary>How long the management API, or the broker's confirmation of one message, may take. 100 ms–1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Management is { } address && (address is not { IsAbsoluteUri: true, Scheme: "http" or "https" }
            || !address.UserInfo.Contains(':', StringComparison.Ordinal) || address.Segments.Length != 2))
            yield return new ValidationResult(
                "must be an address like http://user:password@host:15672/virtual-host.", [nameof(Management)]);
    }
}
