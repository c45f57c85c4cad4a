using System.ComponentModel.DataAnnotations;

namespace Podcast.Ittybit;

/// <summary>Section <c>Ittybit</c>: address, key, timeouts and retries of the client.</summary>
public sealed class IttybitOptions
{
    /// <summary>The base address of the API.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = new("https://api.ittybit.com");

    /// <summary>The API key of the Ittybit project; <c>ITTYBIT_API_KEY</c> is used if this is empty.</summary>
    [Required(ErrorMessage = "Set ITTYBIT_API_KEY (or Ittybit__ApiKey) to the key of your Ittybit project.")]
    [RegularExpression(@"\S+", ErrorMessage = "ITTYBIT_API_KEY (or Ittybit__ApiKey) must be one word.")]
    public string ApiKey { get; set; } = "";

    /// <summary>The timeout of one attempt of a request that creates or changes something. 10 ms–10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan CreateTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The timeout of one attempt of a read. 10 ms–10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The maximum number of retries of a request that is safe to repeat. 0–10.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 3;

    /// <summary>The delay before the first retry; it doubles each time, with jitter. 0–1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest delay between attempts, whether from back-off or from <c>Retry-After</c>. If Ittybit asks for a longer one,
    /// the call fails at once and reports it as <see cref="IttybitFailure.RetryAfter"/>. 0–10 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(20);
}
