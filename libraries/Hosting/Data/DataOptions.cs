using System.ComponentModel.DataAnnotations;

namespace Podcast.Hosting.Data;

/// <summary>Section <c>Data</c>: where data is kept, and how a host and its database come together.</summary>
public sealed class DataOptions
{
    /// <summary>The directory of the SQLite files.</summary>
    public string Directory { get; set; } = "data";

    /// <summary>Whether a host brings its database up to date when it starts; null means only a SQLite file.</summary>
    public bool? MigrateOnStart { get; set; }

    /// <summary>How long a starting host waits for its database to answer and to be migrated, before it gives up.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long <c>migrate</c> may take, with its waiting for database, broker and other migrators, before it gives up.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MigrateTimeout { get; set; } = TimeSpan.FromMinutes(10);
}
