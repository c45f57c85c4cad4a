namespace Podcast.Media;

/// <summary>An output cannot be fetched, or its content is invalid.</summary>
/// <param name="reason">Text for people; contains no addresses.</param>
/// <param name="transient">True: another try may succeed.</param>
/// <param name="until">Set if no try can succeed before this time.</param>
/// <param name="missing">True: the server works, but does not serve the output, or not yet.</param>
public sealed class OutputException(string reason, bool transient, DateTimeOffset? until = null, bool missing = false) : Exception(reason)
{
    public bool Transient => transient;
    public bool Missing => missing;
    public DateTimeOffset? Until => until;
}
