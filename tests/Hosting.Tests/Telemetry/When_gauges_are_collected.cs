using Podcast.Hosting.Telemetry;

namespace Podcast.Hosting.Tests.Telemetry;

public sealed class When_gauges_are_collected
{
    private readonly ManualClock clock = new();
    private int reads;

    [Fact]
    public void gauges_of_a_group_read_once_per_collection()
    {
        var reading = new GaugeReading<int>(_ => Task.FromResult<IReadOnlyList<int>>([++reads]), clock);
        reads.ShouldBe(0, "nobody has collected");

        reading.Value.ShouldBe([1]);
        reading.Value.ShouldBe([1]);
        clock.Advance(TimeSpan.FromSeconds(15));
        reading.Value.ShouldBe([2]);
    }

    [Fact]
    public void failed_reading_shows_nothing()
    {
        var reading = new GaugeReading<int>(_ => throw new InvalidOperationException("The database is away."), clock);

        reading.Value.ShouldBeEmpty();
    }
}
