using Podcast.Batch.Running;
using Podcast.Batch.Sending;
using Podcast.Ittybit;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Sending;

public sealed class The_patience : IDisposable
{
    private static readonly IttybitFailure Refused =
        new(IttybitFailureKind.Transient, null, null, "Ittybit cannot be reached: no such host.", null);

    private readonly ManualClock clock = new();
    private readonly Stop stop = new();
    private readonly FailureBudget patience;

    public The_patience() => patience = new FailureBudget(TimeSpan.FromMinutes(10), stop, clock);

    public void Dispose() => stop.Dispose();

    [Fact]
    public void is_short_where_nothing_has_ever_answered()
    {
        clock.Advance(TimeSpan.FromMinutes(5)); // with nobody asked

        Fail(seconds: 29);
        stop.IsRequested.ShouldBeFalse();
        Fail(seconds: 1);

        stop.ExitCode.ShouldBe(ExitCodes.Failed);
        stop.Reason.ShouldStartWith("Nothing has answered since the first request, 30 s ago. Ittybit cannot be reached: no such host.");
        stop.Reason.ShouldContain("Nothing was marked failed; run again");
    }

    [Fact]
    public void patience_is_long_once_something_has_answered_even_badly()
    {
        patience.RecordAnswer();

        Fail(seconds: 599);
        stop.IsRequested.ShouldBeFalse();
        Fail(seconds: 1);

        stop.Reason.ShouldStartWith("No good answer for 600 s; the last was: Ittybit cannot be reached");
    }

    [Fact]
    public void knows_the_last_trouble_until_a_good_answer()
    {
        patience.Trouble.ShouldBeNull();
        patience.RecordFailure(Refused);
        patience.Trouble.ShouldBe(Refused.Message);
        patience.RecordSuccess();
        patience.Trouble.ShouldBeNull();
    }

    private void Fail(int seconds)
    {
        patience.RecordFailure(Refused);
        for (var second = 0; second < seconds; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            patience.RecordFailure(Refused);
        }
    }
}
