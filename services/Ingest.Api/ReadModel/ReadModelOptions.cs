namespace Podcast.Ingest.Api.ReadModel;

/// <summary>Section <c>ReadModel</c>.</summary>
public sealed class ReadModelOptions
{
    /// <summary>
    /// If an episode in a non-final status sends no snapshot for this long, the orchestrator is asked for one, since a message
    /// may be lost. The gaps between further questions double.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AskAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest gap between two questions about one episode.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan MaxAskGap { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The interval of the sweep for such episodes; each run of an instance asks for at most 100.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(1);
}
