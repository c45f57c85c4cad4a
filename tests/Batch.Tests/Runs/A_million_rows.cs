using System.Globalization;
using Podcast.Batch.Tests.Support;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Runs;

public sealed class A_million_rows
{
    private const long Most = 150 * 1024;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task do_not_lie_in_memory(string database)
    {
        await using var team = await BatchScenario.Start(database, taskTime: TimeSpan.FromMilliseconds(300));
        await team.Execute(database == "sqlite"
            ? "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) INSERT INTO media (url) SELECT 'https://cdn.example/raw/' || i || '.mov' FROM n"
            : "INSERT INTO media (url) SELECT 'https://cdn.example/raw/' || i || '.mov' FROM generate_series(1, 1000000) i");

        using var run = team.Start("run", "--limit", "100", "--rate", "200");
        var peak = 0L;
        await Eventually.Holds(
            () =>
            {
                peak = Math.Max(peak, PeakKilobytes(run.Pid));
                return run.Out.Contains("Done.", StringComparison.Ordinal);
            },
            "the run is done",
            TimeSpan.FromMinutes(2));

        (await run.Ends()).Lines[^1].ShouldBe("Done. 100 completed, 0 failed.");
        peak.ShouldBeInRange(1, Most);
        if (Environment.GetEnvironmentVariable("PODCAST_BATCH_REPORT") is { Length: > 0 } file)
            await File.AppendAllTextAsync(file, $"{database}: 1,000,000 pending rows, --limit 100: VmHWM {peak / 1024} MiB\n");
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
