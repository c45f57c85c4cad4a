namespace Podcast.Ittybit;

/// <summary>What a status word of Ittybit's means to us.</summary>
public enum IttybitOutcome
{
    /// <summary>Still at work, or a word that we do not know.</summary>
    InProgress,

    /// <summary>Made.</summary>
    Succeeded,

    /// <summary>Ended without a result.</summary>
    Failed,
}
