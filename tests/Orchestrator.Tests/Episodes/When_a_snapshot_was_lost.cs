using System.Text.Json;
using MassTransit;
using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
using static Podcast.Contracts.TaskKind;

namespace Podcast.Orchestrator.Tests.Episodes;

public sealed class When_a_snapshot_was_lost
{
    [Theory]
    [InlineData(nameof(EpisodeStateMachine.Processing))]
    [InlineData(nameof(EpisodeStateMachine.Processed))]
    [InlineData(nameof(EpisodeStateMachine.Failed))]
    [InlineData(nameof(EpisodeStateMachine.Cancelled))]
    public async Task who_asks_gets_the_newest_word_for_word(string state)
    {
        await using var episode = await In(state);
        var (version, last) = (episode.State.Version, Text(episode.Published<EpisodeChanged>()[^1]));
        var told = episode.Published<EpisodeChanged>().Count;

        await episode.Hears(new RepublishEpisode(episode.Id, version - 1));

        episode.Published<EpisodeChanged>().Count.ShouldBe(told + 1);
        Text(episode.Published<EpisodeChanged>()[^1]).ShouldBe(last);
        (episode.State.Version, episode.State.CurrentState).ShouldBe((version, state));
    }

    [Fact]
    public async Task who_has_the_newest_gets_no_answer()
    {
        await using var episode = await In(nameof(EpisodeStateMachine.Processed));
        var told = episode.Published<EpisodeChanged>().Count;

        await episode.Hears(new RepublishEpisode(episode.Id, episode.State.Version));

        episode.Published<EpisodeChanged>().Count.ShouldBe(told);
    }

    [Fact]
    public async Task a_persons_order_is_told_too_with_who_and_why()
    {
        await using var episode = await In(nameof(EpisodeStateMachine.Processed));
        var (version, told) = (episode.State.Version, episode.Published<EpisodeChanged>().Count);

        await episode.Hears(new RepublishEpisode(episode.Id, By: "olga", Why: "the queue was purged"));

        var again = episode.Published<EpisodeChanged>().Skip(told).ToList();
        again.Select(changed => (changed.Version, changed.Status)).ShouldBe(
            [(version, EpisodeStatus.Processed), (version + 1, EpisodeStatus.Processed)]);
        (again[1].Change.What, again[1].Change.By, again[1].Change.Why).ShouldBe(("republished", "olga", "the queue was purged"));
    }

    [Fact]
    public async Task republish_of_an_unknown_episode_publishes_nothing()
    {
        await using var episode = await EpisodeScenario.Start();

        await episode.HearsInVain(new RepublishEpisode(NewId.NextGuid()));

        episode.Published<EpisodeChanged>().ShouldBeEmpty();
        episode.PublishedFaults().ShouldBeEmpty();
    }

    private static async Task<EpisodeScenario> In(string state)
    {
        var episode = await EpisodeScenario.Uploaded(AudioExtraction);
        if (state == nameof(EpisodeStateMachine.Processed))
            await episode.Completes(AudioExtraction);
        if (state == nameof(EpisodeStateMachine.Failed))
            await episode.Fails(AudioExtraction);
        if (state == nameof(EpisodeStateMachine.Cancelled))
            await episode.IsCancelled();
        episode.ShouldBe(state);
        return episode;
    }

    private static string Text(EpisodeChanged changed) => JsonSerializer.Serialize(changed);
}
