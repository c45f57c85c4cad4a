using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Podcast.FaultRunner.Cli;
using Podcast.FaultRunner.Evidence;
using Podcast.FaultRunner.Staging;

namespace Podcast.FaultRunner.Runs;

/// <summary>Watches the progress of a run.</summary>
internal sealed class Watcher(RunSettings settings, Site site, FaultRunFixture clients, TextWriter progress)
{
    private static readonly TimeSpan often = TimeSpan.FromSeconds(10);

    private readonly DatabaseFacts database = new(site.Database, settings.IsPublishing);
    private readonly BrokerFacts broker = new(site);
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>Writes a line of progress every 10 s.</summary>
    public async Task Work(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(often, cancellationToken);
                var states = await States();
                await progress.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{watch.Elapsed.TotalSeconds,5:0} s  {clients.Orders.Count(order => order.IsAcknowledged)} of {settings.Episodes} accepted; {states}"));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>
    /// Waits until no work is under way for three seconds in a row, or until <paramref name="limit"/>; the checker then reports
    /// what is left.
    /// </summary>
    public async Task Settled(TimeSpan limit, CancellationToken cancellationToken)
    {
        var end = watch.Elapsed + limit;
        for (var quiet = 0; quiet < 3 && watch.Elapsed < end; quiet = await IsQuiet() ? quiet + 1 : 0)
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
    }

    private async Task<bool> IsQuiet()
    {
        try
        {
            var states = await database.States();
            return states.Keys.All(state => state is "Processed" or "Failed" or "Held" or "Cancelled")
                && states.Values.Sum() >= clients.Orders.Count(order => order.IsAcknowledged)
                && (await database.Publications()).All(publication => publication.HasEnded)
                && (await database.Leftovers()).Values.All(count => count == 0)
                && (await broker.Waiting()).Count == 0;
        }
        catch (Exception away) when (away is NpgsqlException or HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private async Task<string> States()
    {
        try
        {
            var episodes = string.Join(", ", (await database.States()).OrderBy(state => state.Key).Select(state => $"{state.Value} {state.Key}"));
            var publications = (await database.Publications()).CountBy(one => $"{one.State} at {one.Channel}").OrderBy(state => state.Key);
            return string.Join("; ", publications.Select(state => $"{state.Value} {state.Key}").Prepend(episodes));
        }
        catch (Exception away) when (away is NpgsqlException)
        {
            return "the database is away";
        }
    }
}
