namespace Podcast.Processing.Transcripts;

/// <summary>A transcript that cannot be had or makes no sense.</summary>
/// <param name="reason">For people; no addresses.</param>
/// <param name="transient">True: worth another round.</param>
/// <param name="until">Set when Ittybit cannot be asked before.</param>
internal sealed class TranscriptException(string reason, bool transient, DateTimeOffset? until = null) : Exception(reason)
{
    public bool Transient => transient;

    public DateTimeOffset? Until => until;
}
