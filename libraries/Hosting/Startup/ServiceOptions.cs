using Microsoft.Extensions.Configuration;

namespace Podcast.Hosting.Startup;

/// <summary>Section <c>Service</c>: how this process shuts down.</summary>
public sealed class ServiceOptions
{
    /// <summary>
    /// The longest time from SIGTERM to the end of the process. Running consumers get four fifths of it; then their messages
    /// return to the queue. 1 s–1 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long running consumers may continue after SIGTERM.</summary>
    internal TimeSpan WorkTimeout => StopTimeout * 0.8;

    /// <summary>
    /// Reads the section for the host itself, which needs it before options are validated. Validation reports an invalid value
    /// later.
    /// </summary>
    internal static ServiceOptions Read(IConfiguration configuration) =>
        TimeSpan.TryParse(configuration[$"Service:{nameof(StopTimeout)}"], CultureInfo.InvariantCulture, out var timeout)
            ? new ServiceOptions { StopTimeout = timeout }
            : new ServiceOptions();
}
