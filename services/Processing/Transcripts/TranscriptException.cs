namespace Podcast.Processing.Transcripts;

/// <summary>A transcript that cannot be had or makes no sense.</summary>
/// <param name="reason">For people; no addresses.</param>
/// <param name="transient">True: worth another round.</param>
internal sealed class TranscriptException(string reason, bool transient) : Exception(reason)
{
    public bool Transient => transient;
}
