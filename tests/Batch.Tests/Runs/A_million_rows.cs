using System.Globalization;
using Podcast.Batch.Tests.Support;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Runs;

/// <summary>
/// By default fewer, with addresses so long that they would not fit into the memory that a run may take. The full number:
/// <c>PODCAST_BATCH_ROWS=1000000</c>.
/// </summary>
public sealed class A_million_rows
{
    private const long Most = 150 * 1024;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task do_not_lie_in_memory(string database)
    {
        var rows = int.TryParse(Environment.GetEnvironmentVariable("PODCAST_BATCH_ROWS"), out var number) ? number : 200_000;
        await using var team = await BatchScenario.Start(database, taskTime: TimeSpan.FromMilliseconds(300));
        var url = $"'https://cdn.example/{new string('x', 200)}/' || i || '.mov'";
        await team.Execute(database == "sqlite"
            ? $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) INSERT INTO media (url) SELECT {url} FROM n"
            : $"INSERT INTO media (url) SELECT {url} FROM generate_series(1, {rows}) i");

        var some = await Peak(team, "Done. 100 completed, 0 failed.", "run", "--limit", "100", "--rate", "200");
        var all = await Peak(team, $"Found {rows - 100} unprocessed media files.", "run", "--rate", "200");

        some.ShouldBeInRange(1, Most);
        all.ShouldBeInRange(1, Most);
        if (Environment.GetEnvironmentVariable("PODCAST_BATCH_REPORT") is { Length: > 0 } file)
            await File.AppendAllTextAsync(file, $"{database}: {rows} pending rows: VmHWM {some / 1024} MiB with --limit 100, {all / 1024} MiB without\n");
    }

    /// <summary>The most memory that a run had when it had said those words and sent some more; then it is ended.</summary>
    private static async Task<long> Peak(BatchScenario team, string words, params string[] arguments)
    {
        var sent = team.Emulator.Ittybit.Totals.Tasks;
        await using var run = team.Start(arguments);
        var peak = 0L;
        await Eventually.Holds(
            () =>
            {
                peak = Math.Max(peak, PeakKilobytes(run.Pid));
                return run.Out.Contains(words, StringComparison.Ordinal) && team.Emulator.Ittybit.Totals.Tasks >= sent + 100;
            },
            $"it says '{words}'",
            BatchScenario.Limit);
        return peak;
    }

    private static long PeakKilobytes(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
