using System.ComponentModel.DataAnnotations;

namespace Podcast.Ingest.Api.ReadModel;

/// <summary>Section <c>ReadModel</c>.</summary>
public sealed class ReadModelOptions
{
    /// <summary>
    /// An episode that is not at its end and of which nothing was heard for this long is asked for; its snapshot may be lost. The gaps
    /// between further questions double.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AskAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest gap between two questions about one episode.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan MaxAskGap { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often to look for such episodes; each time an instance asks for a hundred at most.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(1);
}
