using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>Command to all processes to call a paused or slowed provider again at once.</summary>
/// <param name="Lane">The provider, with the account if each has a lane of its own: <c>ittybit</c>, <c>transistor</c>.</param>
/// <param name="By">The originator: a user's <c>sub</c> or a service's name.</param>
/// <param name="Why">The originator's reason, for the history.</param>
public sealed record ResumeLane(string Lane, string By, string? Why = null);

/// <summary>
/// A provider's lane was paused or opened, for all processes. The message is only a notification; the lane's row in the database
/// is authoritative.
/// </summary>
/// <param name="Lane">The provider: <c>ittybit</c>.</param>
/// <param name="Reason">For display; no secrets.</param>
/// <param name="By">The originator: the provider's name, whose response caused the change, or a user's <c>sub</c>.</param>
/// <param name="Until">For a paused lane, when the next single call probes the provider.</param>
public sealed record LaneChanged(
    string Lane, LaneState State, string? Reason, string By, DateTimeOffset At, DateTimeOffset? Until = null);

/// <summary>Whether a provider may be called.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LaneState>))]
public enum LaneState
{
    /// <summary>Calls are sent at the configured rate.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>Calls are sent more slowly, or not before a given time, because the provider reported too many calls.</summary>
    [JsonStringEnumMemberName("slowed")]
    Slowed,

    /// <summary>
    /// No calls are sent, because the provider refuses the key or wants payment. Single calls probe it, and a user can end the
    /// pause.
    /// </summary>
    [JsonStringEnumMemberName("paused")]
    Paused,
}
