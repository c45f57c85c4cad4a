using System.ComponentModel.DataAnnotations;

namespace Podcast.Transistor;

/// <summary>Section <c>Transistor</c>: address, key and time limits of the client.</summary>
public sealed class TransistorOptions
{
    /// <summary>The address of the API, without <c>/v1</c>.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = new("https://api.transistor.fm");

    /// <summary>
    /// The API key of the Transistor user; <c>TRANSISTOR_API_KEY</c> is used if this is empty. Without a key every call is refused.
    /// </summary>
    [RegularExpression(@"\S+", ErrorMessage = "TRANSISTOR_API_KEY (or Transistor__ApiKey) must be one word.")]
    public string ApiKey { get; set; } = "";

    /// <summary>The time limit of a call. 10 ms–10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
