using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Tests.Episodes;

public sealed class The_state_machine
{
    private static readonly EpisodeStateMachine Machine = new();

    public static TheoryData<string> States => new(Machine.States
        .Where(state => state != Machine.Initial && state != Machine.Final)
        .Select(state => state.Name));

    [Theory]
    [MemberData(nameof(States))]
    public void every_event_is_answered_in_every_state(string state)
    {
        var answered = Machine.NextEvents(Machine.GetState(state)).Select(@event => @event.Name);

        Machine.Events.Select(@event => @event.Name).Where(name => !name.Contains('.', StringComparison.Ordinal))
            .Except(answered).ShouldBeEmpty();
    }
}
