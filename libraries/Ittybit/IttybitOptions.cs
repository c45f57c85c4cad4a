using System.ComponentModel.DataAnnotations;

namespace Podcast.Ittybit;

/// <summary>Section <c>Ittybit</c>: how we reach Ittybit.</summary>
public sealed class IttybitOptions
{
    /// <summary>Where the API is.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = new("https://api.ittybit.com");

    /// <summary>The project's key; <c>ITTYBIT_API_KEY</c> is read too.</summary>
    [Required(ErrorMessage = "Set ITTYBIT_API_KEY (or Ittybit__ApiKey) to the key of your Ittybit project.")]
    [RegularExpression(@"\S+", ErrorMessage = "ITTYBIT_API_KEY (or Ittybit__ApiKey) must be one word.")]
    public string ApiKey { get; set; } = "";

    /// <summary>Longest wait for the answer to a request that makes or changes something.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan CreateTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for the answer to a read.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a request is repeated, at most, where that is safe.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 3;

    /// <summary>Back-off before the first repetition; doubles each time, with jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Longest wait inside a call, for back-off as for <c>Retry-After</c>. Asked to wait longer, the call fails at once and tells the
    /// caller how long: see <see cref="IttybitFailure.RetryAfter"/>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(20);
}
