using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
using Xunit.Abstractions;

namespace Podcast.Orchestrator.Tests.Episodes;

/// <summary>Loss, repetition and order of messages never decide how an episode ends; only what the provider could make does.</summary>
public sealed class Any_order_of_events(ITestOutputHelper output)
{
    /// <summary>Seeds that once failed are kept here; one new seed is drawn for each run.</summary>
    public static TheoryData<int> Seeds => new([.. Enumerable.Range(1, 40), Random.Shared.Next(1000, int.MaxValue)]);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task has_one_end(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var plan = Enum.GetValues<TaskKind>()
            .Where(_ => random.Next(4) > 0)
            .Select(kind => new PlannedTask(kind, Required: random.Next(4) > 0))
            .DefaultIfEmpty(new PlannedTask(TaskKind.AudioExtraction))
            .ToList();
        var fates = Enum.GetValues<TaskKind>().ToDictionary(kind => kind, _ => new Fate(random.Next(1, 5), random.Next(3) > 0));
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions
        {
            EpisodeDeadline = TimeSpan.FromDays(300),
            MaxRefusals = 1000,
            TaskDeadline = TimeSpan.FromDays(30),
        });

        var world = new SimulatedWorld(episode, fates, random);
        await world.Run(plan);

        var fails = plan.Any(task => task.Required && !fates[task.Kind].EndsWell(3));
        episode.ShouldBe(fails ? nameof(EpisodeStateMachine.Failed) : nameof(EpisodeStateMachine.Processed));
        foreach (var task in plan)
            episode.Task(task.Kind).State.ShouldBe(fates[task.Kind].EndsWell(3) ? TaskState.Completed : TaskState.Failed);

        ShouldOnlyMoveForward(episode.Published<EpisodeChanged>());
        episode.Published<EpisodeProcessed>().Count.ShouldBe(fails ? 0 : 1);
        episode.Published<EpisodeFailed>().Count.ShouldBe(fails ? 1 : 0);
    }

    private static void ShouldOnlyMoveForward(IReadOnlyList<EpisodeChanged> told)
    {
        told.SelectMany(change => change.Changes()).Select(change => change.Version)
            .ShouldBe(Enumerable.Range(1, told[^1].Version), "versions have no gaps");
        foreach (var kind in Enum.GetValues<TaskKind>())
        {
            var course = told.SelectMany(change => change.Tasks).Where(task => task.Kind == kind)
                .Select(task => (task.Attempt * 10) + (int)task.State)
                .ToList();
            course.ShouldBe(course.Order().ToList(), $"{kind} went backwards");
        }
    }
}
