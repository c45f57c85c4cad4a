using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>Somebody asks that a provider be called again at once, by all processes.</summary>
/// <param name="Lane">The provider: <c>ittybit</c>.</param>
/// <param name="By">Who asks: a user's <c>sub</c> or a service's name.</param>
/// <param name="Why">In their words, for the record.</param>
public sealed record ResumeLane(string Lane, string By, string? Why = null);

/// <summary>A provider is called no more, by any process, or it is called again. A hint: the lane's row holds the truth.</summary>
/// <param name="Lane">The provider: <c>ittybit</c>.</param>
/// <param name="Reason">For people; no secrets.</param>
/// <param name="By">Who: the provider's name, whose answer it was, or a user's <c>sub</c>.</param>
/// <param name="Until">Of a paused lane: when it is tried again, by one call.</param>
public sealed record LaneChanged(
    string Lane, LaneState State, string? Reason, string By, DateTimeOffset At, DateTimeOffset? Until = null);

/// <summary>Whether a provider may be called.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LaneState>))]
public enum LaneState
{
    /// <summary>At the set rate.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>More slowly, or not before a moment that it named: it said that we ask too much.</summary>
    [JsonStringEnumMemberName("slowed")]
    Slowed,

    /// <summary>Not at all: it wants a valid key, or money. It is tried by itself, one call at a time, and a person can end the pause.</summary>
    [JsonStringEnumMemberName("paused")]
    Paused,
}
