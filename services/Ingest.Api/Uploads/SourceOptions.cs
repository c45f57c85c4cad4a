namespace Podcast.Ingest.Api.Uploads;

/// <summary>Section <c>Sources</c>.</summary>
public sealed class SourceOptions
{
    /// <summary>Takes sources on this computer (<c>localhost</c>, <c>127.0.0.1</c>, <c>[::1]</c>): for Standalone and tests.</summary>
    public bool AllowLoopback { get; set; }
}
