using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Tests;

public sealed class When_quota_is_counted
{
    [Theory]
    [InlineData("2026-07-01T06:59:59Z", 1, "2026-07-01T07:00:00Z")]
    [InlineData("2026-07-01T07:00:00Z", 1, "2026-07-02T07:00:00Z")]
    [InlineData("2026-01-15T12:00:00Z", 1, "2026-01-16T08:00:00Z")]
    [InlineData("2026-03-07T20:00:00Z", 2, "2026-03-09T07:00:00Z")] // the clocks go forward on the 8th
    public void day_ends_at_midnight_Pacific(string now, int days, string next) =>
        PacificDay.Next(DateTimeOffset.Parse(now, null), days).ShouldBe(DateTimeOffset.Parse(next, null));
}
