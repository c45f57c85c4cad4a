using System.ComponentModel.DataAnnotations;

namespace Podcast.Transistor;

/// <summary>Section <c>Transistor</c>: address, key and time limits of the client.</summary>
public sealed class TransistorOptions
{
    /// <summary>The maximum length of an account's name, in characters: it is part of the name of a lane.</summary>
    public const int LongestAccount = 39;

    /// <summary>The address of the API, without <c>/v1</c>.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = new("https://api.transistor.fm");

    /// <summary>
    /// The API key of the Transistor user; <c>TRANSISTOR_API_KEY</c> is used if this is empty. Without a key every call is refused.
    /// </summary>
    [RegularExpression(@"\S+", ErrorMessage = "TRANSISTOR_API_KEY (or Transistor__ApiKey) must be one word.")]
    public string ApiKey { get; set; } = "";

    /// <summary>
    /// Further users by the names that shows give as <c>account</c>, of at most <see cref="LongestAccount"/> characters:
    /// <c>Transistor__Accounts__acme__ApiKey</c>. They are read at the start. If there are any, <see cref="ApiKey"/> is that of the
    /// account <c>default</c>; otherwise it is that of all accounts.
    /// </summary>
    public Dictionary<string, TransistorAccountOptions> Accounts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The key of an account, or an empty string if the settings have none for it.</summary>
    public string KeyOf(string account) =>
        Accounts.TryGetValue(account, out var own) ? own.ApiKey
        : Accounts.Count == 0 || account == TransistorClient.DefaultAccount ? ApiKey
        : "";

    /// <summary>The time limit of a call. 10 ms–10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>A further user at Transistor.</summary>
public sealed class TransistorAccountOptions
{
    /// <summary>The API key.</summary>
    [Required, RegularExpression(@"\S+", ErrorMessage = "The API key must be one word.")]
    public string ApiKey { get; set; } = "";
}
