using System.Globalization;

namespace Podcast.Throttling;

/// <summary>The status of a lane for display.</summary>
/// <param name="Name">The provider, perhaps with an account: <c>ittybit</c>, <c>transistor/acme</c>.</param>
/// <param name="Why">Why it is paused or slowed; null when it is open. No secrets.</param>
/// <param name="By">Who paused, slowed or opened it last: the provider, or a user's <c>sub</c>.</param>
/// <param name="Since">When it was paused or last slowed; null when it is open.</param>
/// <param name="Until">When the next call may be sent; null if it may be sent now.</param>
/// <param name="Rate">The current rate in calls per second; 0 means no limit.</param>
public sealed record ThrottleStatus(
    string Name, LaneState State, string? Why, string? By, DateTimeOffset? Since, DateTimeOffset? Until, double Rate)
{
    /// <summary>The rate as text: <c>4.5 a second</c>.</summary>
    internal string Pace => Rate > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Rate:0.#} a second") : "as fast as they come";
}

/// <summary>A change of a lane.</summary>
/// <param name="What"><c>paused</c>, <c>slowed</c>, <c>opened</c> (the provider accepted a call again) or <c>resumed</c> (by a
/// user).</param>
/// <param name="By">The provider, or a user's <c>sub</c>.</param>
public sealed record ThrottleEvent(DateTimeOffset At, string What, string By, string? Why);
