using MassTransit;
using Microsoft.EntityFrameworkCore;
using Podcast.Orchestrator.Callbacks;
using Podcast.Testing;

namespace Podcast.Orchestrator.Tests.Callbacks;

public sealed class When_a_task_is_long_past : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new();

    public void Dispose() => directory.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public async Task its_row_is_deleted_and_younger_ones_are_not(bool onPostgres)
    {
        await using var postgres = onPostgres ? await PostgresServer.CreateDatabase() : null;
        await using var orchestrator = await OrchestratorHost.Start(directory, clock, postgres?.ConnectionString);
        var memory = new OrchestratorOptions().LongestTaskMemory;
        var limit = clock.GetUtcNow() - memory;
        await Keep(orchestrator, Enumerable.Range(0, IttybitTasks.BatchSize + 1).Select(n => Entry($"old_{n}", limit.AddSeconds(-1 - n))));
        await Keep(orchestrator, [Entry("young", limit.AddHours(2)), Entry("new", clock.GetUtcNow())]);

        clock.Advance(TimeSpan.FromHours(1)); // the cleanup's own timer fires

        await Eventually.Holds(async () => (await Ids(orchestrator)).Count == 2, "the old ones are gone, in more than one batch");
        (await Ids(orchestrator)).ShouldBe(["new", "young"]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task a_statement_deletes_no_more_than_its_batch_the_oldest_first(bool onPostgres)
    {
        await using var postgres = onPostgres ? await PostgresServer.CreateDatabase() : null;
        await using var orchestrator = await OrchestratorHost.Start(directory, clock, postgres?.ConnectionString);
        var now = clock.GetUtcNow();
        await Keep(orchestrator, [Entry("a", now.AddHours(-3)), Entry("b", now.AddHours(-2), known: true), Entry("c", now.AddHours(-1))]);

        var deleted = await orchestrator.Reads(db => new IttybitTasks(db, clock).Forget(now, limit: 2, default));

        deleted.ShouldBe([false, true], ignoreOrder: true);
        (await Ids(orchestrator)).ShouldBe(["c"]);
    }

    [Fact]
    public void past_task_is_remembered_as_long_as_the_longest_deadline()
    {
        var hour = TimeSpan.FromHours(1);
        var options = new OrchestratorOptions { TaskMemory = hour, EpisodeDeadline = 2 * hour, TaskDeadline = hour };
        options.LongestTaskMemory.ShouldBe(TimeSpan.FromHours(2));

        options.Tasks.DetectChapters.Deadline = TimeSpan.FromHours(3);
        options.LongestTaskMemory.ShouldBe(TimeSpan.FromHours(3));
    }

    private static IttybitTaskEntry Entry(string id, DateTimeOffset at, bool known = false) =>
        new() { IttybitTaskId = id, CreatedAt = at, EpisodeId = known ? NewId.NextGuid() : null };

    private static Task<int> Keep(OrchestratorHost orchestrator, IEnumerable<IttybitTaskEntry> entries) => orchestrator.Reads(db =>
    {
        db.AddRange(entries);
        return db.SaveChangesAsync();
    });

    private static Task<List<string>> Ids(OrchestratorHost orchestrator) =>
        orchestrator.Reads(db => db.IttybitTasks.Select(task => task.IttybitTaskId).OrderBy(id => id).ToListAsync());
}
