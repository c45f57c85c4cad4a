using Podcast.FaultRunner.Evidence;
using Podcast.FaultRunner.Invariants;
using static Podcast.FaultRunner.Tests.Checking.OneEpisode;

namespace Podcast.FaultRunner.Tests.Checking;

/// <summary>A run as a whole: what holds is left alone, what does not is found by its own invariant and no other.</summary>
public sealed class When_evidence_is_checked
{
    [Fact]
    public void a_run_in_which_all_is_well_passes() => Checker.Check(Well()).ShouldAllBe(verdict => verdict.Holds);

    [Fact]
    public void a_run_in_which_all_failed_does_not_pass() => Found(
        Well() with
        {
            Orders = [Order() with { Status = "failed" }],
            Sagas = [Saga("Failed")],
            ReadModel = [new ReadModelFact(Id, Title, "failed", 3)],
            Messages = [.. Well().Messages.Where(message => message.Exchange != "podcast.episode-processed")],
        },
        "INV11", "0 of 1 episodes were processed");

    [Fact]
    public void a_run_in_which_nothing_was_accepted_does_not_pass()
    {
        var (name, _) = (Well() with { Orders = [Order(isAcknowledged: false), .. Enumerable.Repeat(Order(), 1)] }).OnlyFinding();

        name.ShouldBe("INV11");
    }

    [Fact]
    public void a_process_that_ended_by_itself_is_found() => Found(Well() with { BadEnds = ["ingest-1 ended by itself"] }, "ends", "ingest-1");

    [Fact]
    public void too_many_calls_in_any_second_are_found() => Found(Well() with { Calls = [1_000, 1_999, 2_100, 2_200, 2_999] }, "INV9", "3 calls in one second");

    [Fact]
    public void a_secret_that_got_out_is_found() =>
        Found(Well() with { Leaks = new Dictionary<string, int> { ["the callback key in the log ingest-1.log"] = 2 } }, "INV10", "the log ingest-1.log");
}
