using System.Globalization;
using Podcast.Contracts;

namespace Podcast.Throttling;

/// <summary>A lane as people see it.</summary>
/// <param name="Name">The provider: <c>ittybit</c>.</param>
/// <param name="Why">Why it is paused or slowed; null when it is open. No secrets.</param>
/// <param name="By">Who paused, slowed or opened it last: the provider, or a user's <c>sub</c>.</param>
/// <param name="Since">When it was paused, or slowed for the last time; null when it is open.</param>
/// <param name="Until">When a call has a chance again; null when it has one now.</param>
/// <param name="Rate">The most calls in a second, now; 0 is without limit.</param>
public sealed record ThrottleStatus(
    string Name, LaneState State, string? Why, string? By, DateTimeOffset? Since, DateTimeOffset? Until, double Rate)
{
    /// <summary>How fast calls go, in words: <c>4.5 a second</c>.</summary>
    internal string Pace => Rate > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Rate:0.#} a second") : "as fast as they come";
}

/// <summary>What was done with a lane.</summary>
/// <param name="What"><c>paused</c>, <c>slowed</c>, <c>opened</c> (the provider took a call again) or <c>resumed</c> (a person's word).</param>
/// <param name="By">The provider, or a user's <c>sub</c>.</param>
public sealed record ThrottleEvent(DateTimeOffset At, string What, string By, string? Why);
