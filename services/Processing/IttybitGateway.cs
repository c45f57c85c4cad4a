namespace Podcast.Processing;

/// <summary>What the worker does after a refusal that blocks the lane, by its own limits.</summary>
internal sealed class IttybitGateway(IttybitCalls calls, IOptions<ProcessingOptions> options)
{
    /// <inheritdoc cref="IttybitCalls"/>
    public IttybitCalls Calls => calls;

    /// <summary>The time at which Ittybit may be called again after a refusal that blocks its lane.</summary>
    public DateTimeOffset OpenAgain(IttybitFailure failure) => calls.OpenAgain(failure, options.Value.LongestWait);

    /// <summary>The exception for an output of whose file Ittybit tells nothing because of <paramref name="failure"/>.</summary>
    public OutputException Unavailable(IttybitFailure failure) => new(
        failure.Message,
        transient: failure.Kind != IttybitFailureKind.Final,
        until: failure.Kind == IttybitFailureKind.LaneBlocked ? OpenAgain(failure) : null);
}
