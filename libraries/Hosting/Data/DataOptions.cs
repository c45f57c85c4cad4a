namespace Podcast.Hosting.Data;

/// <summary>Section <c>Data</c>: where data is stored, and how a host waits for and migrates its databases.</summary>
public sealed class DataOptions
{
    /// <summary>The directory of the SQLite files.</summary>
    public string Directory { get; set; } = "data";

    /// <summary>True if a host migrates its databases when it starts; null means only if they are SQLite files.</summary>
    public bool? MigrateOnStart { get; set; }

    /// <summary>
    /// How long a starting host waits for its databases to answer and to be migrated; then the start fails. 0.1 s–1 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The time limit of <c>migrate</c>, including waits for the database, the broker and other migrators. 1 s–1 day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MigrateTimeout { get; set; } = TimeSpan.FromMinutes(10);
}
