using System.ComponentModel.DataAnnotations;
using ValidationResult = System.ComponentModel.DataAnnotations.ValidationResult;

namespace Podcast.Outbox;

/// <summary>Section <c>OutboxDesks</c>: how one service shows people the outboxes of the others.</summary>
public sealed class OutboxDeskOptions : IValidatableObject
{
    private const int ShortestKey = 20;

    /// <summary>
    /// Opens the desks of a service to other services, which send it as bearer token; the same in all of them, 20 characters or more.
    /// Null: the desks are closed, and no others are asked.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>The addresses of the services to ask, by the names of their outboxes: <c>OutboxDesks__Others__orchestrator</c>.</summary>
    public Dictionary<string, Uri> Others { get; } = [];

    /// <summary>How long another service may take to answer. 100 ms–1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Key is { Length: > 0 and < ShortestKey })
            yield return new ValidationResult($"must have {ShortestKey} characters or more.", [nameof(Key)]);
        if (Others.Values.Any(address => address is not { IsAbsoluteUri: true, Scheme: "http" or "https" }))
            yield return new ValidationResult("must be addresses such as http://orchestrator:8080.", [nameof(Others)]);
    }
}
