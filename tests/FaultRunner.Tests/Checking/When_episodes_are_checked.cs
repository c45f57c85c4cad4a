using Podcast.FaultRunner.Evidence;
using Podcast.Orchestrator.Ledger;
using static Podcast.FaultRunner.Tests.Checking.OneEpisode;

namespace Podcast.FaultRunner.Tests.Checking;

/// <summary>INV1 and INV3: an accepted episode is there once, ends, and is seen and announced as it is.</summary>
public sealed class When_episodes_are_checked
{
    [Fact]
    public void an_accepted_episode_that_nobody_heard_of_is_lost()
    {
        var lost = Well() with { Orders = [Order(), Order() with { Title = "another", Status = null }], Floor = 0 };

        Found(lost, "INV1", "lost: another");
    }

    [Fact]
    public void episode_created_twice_for_one_request_is_found_as_doubled()
    {
        var twin = Guid.NewGuid();
        var doubled = Well() with
        {
            Sagas = [Saga(), new SagaFact(twin, Title, "Cancelled", 0, new TaskLedger())],
            ReadModel = [.. Well().ReadModel, new ReadModelFact(twin, Title, "cancelled", 0)],
        };

        Found(doubled, "INV1", "doubled");
    }

    [Fact]
    public void an_episode_that_nobody_asked_for_is_unexpected()
    {
        var stranger = Guid.NewGuid();
        var more = Well() with
        {
            Sagas = [Saga(), new SagaFact(stranger, "whose?", "Cancelled", 0, new TaskLedger())],
            ReadModel = [.. Well().ReadModel, new ReadModelFact(stranger, "whose?", "cancelled", 0)],
        };

        Found(more, "INV1", "unexpected");
    }

    [Fact]
    public void an_episode_that_never_ends_is_stuck() => Found(
        Well() with
        {
            Orders = [Order() with { Status = null }],
            Sagas = [Saga("Completing")],
            ReadModel = [new ReadModelFact(Id, Title, "completing", 3)],
            Messages = [.. Well().Messages.Where(message => message.Exchange != "podcast.episode-processed")],
            Floor = 0,
        },
        "INV1", "stuck");

    [Theory]
    [InlineData("processing", 3)]
    [InlineData("processed", 2)]
    public void an_owner_who_sees_another_state_is_told_of(string status, int version) =>
        Found(Well() with { ReadModel = [new ReadModelFact(Id, Title, status, version)] }, "INV1", "stale");

    [Fact]
    public void an_API_that_answers_otherwise_is_told_of() =>
        Found(Well() with { Orders = [Order() with { Status = "404" }] }, "INV1", "the API answers 404");

    [Fact]
    public void an_episode_that_is_announced_twice_is_found() =>
        Found(Well() with { Messages = [.. Well().Messages, Message("episode-processed")] }, "INV3", "doubled");

    [Fact]
    public void an_episode_that_is_not_announced_is_found() =>
        Found(Well() with { Messages = [.. Well().Messages.Where(message => message.Exchange != "podcast.episode-processed")] }, "INV3", "lost");
}
