using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Podcast.Hosting.Startup;

/// <summary>Section <c>Service</c>: how this process ends.</summary>
public sealed class ServiceOptions
{
    /// <summary>Longest time from SIGTERM to the end; running work gets four fifths of it, then it goes back to its queue.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long running work may still take after SIGTERM.</summary>
    internal TimeSpan WorkTimeout => StopTimeout * 0.8;

    /// <summary>For the host itself, which asks before anything is checked: what is wrong is told a little later.</summary>
    internal static ServiceOptions Read(IConfiguration configuration) =>
        TimeSpan.TryParse(configuration[$"Service:{nameof(StopTimeout)}"], CultureInfo.InvariantCulture, out var timeout)
            ? new ServiceOptions { StopTimeout = timeout }
            : new ServiceOptions();
}
