namespace Podcast.Processing.Outputs;

/// <summary>An output that cannot be had or makes no sense.</summary>
/// <param name="reason">For people; no addresses.</param>
/// <param name="transient">True: worth another round.</param>
/// <param name="until">Set when Ittybit cannot be asked before.</param>
/// <param name="missing">True: its server is well, but does not give it out, or not yet.</param>
internal sealed class OutputException(string reason, bool transient, DateTimeOffset? until = null, bool missing = false)
    : Exception(reason)
{
    public bool Transient => transient;

    public bool Missing => missing;

    public DateTimeOffset? Until => until;
}
